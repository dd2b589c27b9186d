import type { LocalRoutes } from './endpoint/local-routes.ts';
import type { Issuer } from './issuer/index.ts';
import type { Logs } from './logs/index.ts';
import type { Mailbox } from './messaging/mailbox.ts';
import { AwsError, type Stack, type StackResource } from './types.ts';

/** What CloudWatch would show, mails that SNS would have sent, and tokens, below `/_local/` of the AWS endpoint. */
export function localPages(stack: Stack, logs: Logs, mailbox: Mailbox, issuer: Issuer | undefined): LocalRoutes {
  const namesOf = (type: string, name: (own: StackResource['attributes']) => unknown) =>
    stack.resources(type).map(({ attributes }) => name(attributes));
  const ofStack = new Set([
    ...namesOf('aws_cloudwatch_log_group', ({ name }) => name),
    ...namesOf('aws_lambda_function', ({ function_name: name }) => `/aws/lambda/${name}`),
  ]);
  return {
    /** `?group=&contains=&limit=`; without a group the names of all. */
    logs: (query) => {
      const group = query.get('group');
      if (group === null && !query.has('contains')) return { groups: logs.groups() };
      if (group !== null && !ofStack.has(group) && !logs.groups().includes(group)) {
        throw new AwsError('ResourceNotFoundException', `There is no log group ${group}`, 404);
      }
      return {
        lines: logs.lines({
          ...(group === null ? {} : { group }),
          ...(query.has('contains') ? { contains: query.get('contains') ?? '' } : {}),
          limit: Number(query.get('limit') ?? 1000),
        }),
      };
    },
    /** `?name=`: every value that a function emitted in the embedded metric format. */
    metrics: (query) => {
      const name = query.get('name');
      return { metrics: logs.metrics(name === null ? {} : { name }) };
    },
    /** Of the e-mail subscriptions: nothing is sent from here. */
    emails: () => ({ emails: mailbox.mails() }),
    /** `?sub=&group=`: a token, for tools that can only send requests. */
    async token(query) {
      const sub = query.get('sub');
      if (!sub)
        throw new AwsError('ValidationError', 'sub is missing: whose token is it to be? (?sub=alice&group=Admin)');
      if (issuer === undefined) throw new AwsError('ValidationError', 'the stack has no JWT authorizer');
      return { token: await issuer.sign({ sub, groups: query.getAll('group') }) };
    },
  };
}
