import { DocumentClient } from '#functions/shared/aws/document-client.ts';

/** In tests: `WEAKENED` is `{condition, weakened}`, and each write under that condition is one under the weakened one. */
const { condition, weakened } = JSON.parse(process.env.WEAKENED ?? '{}');

if (condition !== undefined) {
  const { send } = DocumentClient.prototype;
  DocumentClient.prototype.send = function sendWeakened(command, ...rest) {
    const { TransactItems = [] } = command.input;
    for (const write of [command.input, ...TransactItems.flatMap((item) => Object.values(item))]) {
      if (write.ConditionExpression?.replaceAll(/\s+/g, ' ').trim() === condition) write.ConditionExpression = weakened;
    }
    return send.call(this, command, ...rest);
  };
}
