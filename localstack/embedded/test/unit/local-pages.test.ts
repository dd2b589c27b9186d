import { expect, it } from '@jest/globals';
import { localPages } from '#embedded/local-pages.ts';
import { createLogs } from '#embedded/logs/index.ts';
import { createMailbox } from '#embedded/messaging/mailbox.ts';
import { openStore } from '#embedded/store/index.ts';
import { aStackOf } from './iam/an-iam.ts';

const logs = createLogs();
const stack = aStackOf([{ type: 'aws_lambda_function', name: 'F', attributes: { function_name: 'weigh' } }]);
const pages = localPages(
  stack,
  logs,
  createMailbox(openStore(), () => {}),
  undefined,
);
const logsOf = (query: string) => pages.logs?.(new URLSearchParams(query));

it('shows the lines of a group of the stack, also before the first, and of one that was written to', () => {
  logs.write('/own', 's', [{ timestamp: 1, message: 'weighed' }]);

  expect(logsOf('group=/aws/lambda/weigh')).toEqual({ lines: [] });
  expect(logsOf('group=/own&contains=weigh')).toMatchObject({ lines: [{ message: 'weighed' }] });
  expect(logsOf('')).toEqual({ groups: ['/own'] });
});

it('says that there is no such group', () => {
  expect(() => logsOf('group=nope')).toThrow('There is no log group nope');
});
