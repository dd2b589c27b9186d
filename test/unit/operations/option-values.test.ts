import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { jsonOfFile, numberOf, refuseUnread, textOfFile, wholeNumberOf } from '#infra/operations/option-values.ts';
import { UsageError } from '#infra/operations/run-command.ts';
import { noUrlMessage, unansweredMessage } from '#infra/operations/unanswered.ts';

it('a folder in place of a file is refused with its name', () => {
  expect(() => textOfFile(tmpdir())).toThrow(`${tmpdir()} cannot be read: EISDIR`);
});

describe('numbers of options', () => {
  it.each(['abc', '', '-1', '1.5', '1e3', '99999999999999999999'])('%j is no whole number', (text) => {
    expect(() => wholeNumberOf('seed', text)).toThrow(UsageError);
    expect(() => wholeNumberOf('seed', text)).toThrow(`--seed must be a whole number from 0, not "${text}"`);
  });

  it.each(['abc', '', ' ', '-1', '2'])('%j is no share', (text) => {
    expect(() => numberOf('demo', text, 1)).toThrow(`--demo must be a number from 0 to 1, not "${text}"`);
  });

  it('others are read', () => {
    expect([wholeNumberOf('seed', '0'), wholeNumberOf('every', '7', 1), numberOf('demo', '0.5', 1)]).toEqual([
      0, 7, 0.5,
    ]);
    expect(() => wholeNumberOf('every', '0', 1)).toThrow('from 1');
  });
});

describe('options that would be ignored', () => {
  const read = ['wait', 'all'];

  it.each([
    ['trace', { trace: 'FILE', all: true }],
    ['json', { json: true }],
    ['plan', { plan: ['book'] }],
    ['class', { class: '' }],
  ])('--%s is refused', (name, values) => {
    expect(() => refuseUnread(values, 'list', read)).toThrow(new UsageError(`--${name} has no effect with list`));
  });

  it('what is read, or was not given, is not', () => {
    expect(() => refuseUnread({ wait: '0', all: true, json: false, plan: [] }, 'list', read)).not.toThrow();
    expect(() => refuseUnread({ trace: undefined }, 'list', read)).not.toThrow();
  });
});

it('files that cannot be read are told in plain words', () => {
  const file = join(tmpdir(), `option-values-${process.pid}.json`);
  writeFileSync(file, '{"a":');
  expect(() => textOfFile('nofile')).toThrow(/^nofile cannot be read: there is no such file$/);
  expect(() => jsonOfFile(file)).toThrow(`${file} is no JSON: `);
});

describe('a target that does not answer', () => {
  const refused = Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:4566'), { code: 'ECONNREFUSED' });

  it.each([
    ['an error of the SDK', refused],
    [
      'one of fetch',
      new TypeError('fetch failed', { cause: Object.assign(refused, { address: '127.0.0.1', port: 4566 }) }),
    ],
    ['a step that failed for it', new Error('GET /health: fetch failed', { cause: refused })],
  ])('%s says where, and what to do', (_, error) => {
    expect(unansweredMessage(error)).toMatch(
      /^Nothing answers at 127\.0\.0\.1:4566: run "npm start" first\. .*AWS_PORT/,
    );
  });

  it('an address that is no URL is named, with what sets it', () => {
    const invalid = { code: 'ERR_INVALID_URL', input: 'http://127.0.0.1:abc/health' };
    const cause = Object.assign(new TypeError('Invalid URL'), invalid);
    expect(noUrlMessage(new TypeError('Failed to parse URL', { cause }))).toMatch(
      /^"http:\/\/127\.0\.0\.1:abc\/health" is no URL: look at PORT, AWS_PORT/,
    );
    expect(noUrlMessage(refused)).toBeUndefined();
  });

  it('is not seen in other errors', () => {
    expect(unansweredMessage(new Error('ECONNREFUSED in a sentence'))).toBeUndefined();
    expect(unansweredMessage('text')).toBeUndefined();
  });
});
