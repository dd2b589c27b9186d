import { AsyncLocalStorage } from 'node:async_hooks';
import { globSync, readFileSync } from 'node:fs';
import { awsClient, type SdkRequest } from '#test/simulation/world/aws-client.ts';
import type { Handler, Handlers } from '#test/simulation/world/functions.ts';
import type { Guard } from './guard.ts';
import { weakenings } from './machine-guards.ts';

const functionName = new AsyncLocalStorage<string>();

/** Functions that tell whose requests are whose. */
export const namedHandlers = (handlers: Handlers): Handlers =>
  new Map(
    [...handlers].map(([name, handler]): [string, Handler] => [
      name,
      (event, context) => functionName.run(name, () => handler(event, context)),
    ]),
  );

/** What functions have written under: the function, a space, the condition. */
export const conditionsSeen = new Set<string>();

let weakened: { readonly functionName: string; readonly condition: string; readonly by: string } | undefined;

/** From now on a function's condition is another one in each of its requests; undefined ends that. */
export function weaken(change?: typeof weakened): void {
  weakened = change;
}

const plain = (condition: string): string => condition.replaceAll(/\s+/g, ' ').trim();

const { handle } = awsClient.requestHandler;
awsClient.requestHandler.handle = (request: SdkRequest) => handle(seen(request));

function seen(request: SdkRequest): SdkRequest {
  const { body } = request;
  const name = functionName.getStore();
  const text =
    body instanceof Uint8Array ? Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString() : body;
  if (name === undefined || typeof text !== 'string' || !text.includes('ConditionExpression')) return request;
  const changed = JSON.parse(text, (field, value) => {
    if (field !== 'ConditionExpression' || typeof value !== 'string') return value as unknown;
    const condition = plain(value);
    conditionsSeen.add(`${name} ${condition}`);
    return weakened?.functionName === name && weakened.condition === condition ? weakened.by : value;
  });
  return weakened === undefined ? request : { ...request, body: JSON.stringify(changed) };
}

/** Each condition of each function's writes that was seen, whole and each part. */
export function writeGuards(): Guard[] {
  return [...conditionsSeen].sort().flatMap((seen) => {
    const [functionName = '', ...words] = seen.split(' ');
    const condition = words.join(' ');
    return weakenings(condition).map(
      ({ part, weakened }): Guard => ({
        name: `${functionName}: \`${part}\`${part === condition ? '' : ` of \`${condition}\``}`,
        kind: 'condition',
        about: [stateOf(functionName), functionName],
        without: { of: 'write', functionName, condition, weakened },
      }),
    );
  });
}

/** `reserve-hotel` → `ReserveHotel`. */
const stateOf = (name: string): string => name.replaceAll(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());

const escaped = (text: string): string => text.replaceAll(/[.*+?^$()[\]{}|\\]/g, '\\$&');

/** Files of functions/ with a condition written out that no plan has met; those of a variable are met by their texts. */
export function unmetConditions(): { readonly file: string; readonly condition: string }[] {
  const met = [...conditionsSeen].map((seen) => seen.slice(seen.indexOf(' ') + 1));
  return globSync('functions/**/*.ts')
    .sort()
    .flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(/\bConditionExpression:\s*(?:'([^']*)'|`([^`]*)`)/g)].flatMap(
        ([, text, template]) => {
          const condition = plain(text ?? template ?? '');
          const pattern = new RegExp(
            `^${condition
              .split(/\$\{[^}]*\}/)
              .map(escaped)
              .join('.*')}$`,
          );
          return met.some((one) => pattern.test(one)) ? [] : [{ file, condition }];
        },
      ),
    );
}
