import { afterEach, describe, expect, it } from '@jest/globals';
import { requiredNumber, requiredText } from '#functions/shared/config.ts';

const name = 'TEST_SETTING';
afterEach(() => {
  delete process.env[name];
});

describe('requiredText', () => {
  it('gives the value as it is', () => {
    process.env[name] = ' a table ';
    expect(requiredText(name)).toBe(' a table ');
  });

  it.each([undefined, ''])('names the variable that is missing (%p)', (value) => {
    if (value !== undefined) process.env[name] = value;
    expect(() => requiredText(name)).toThrow(/TEST_SETTING is missing/);
  });
});

describe('requiredNumber', () => {
  const bounds = { min: 0, max: 900 };

  it.each([
    ['0', 0],
    ['900', 900],
    ['0.5', 0.5],
  ])('reads %s', (text, value) => {
    process.env[name] = text;
    expect(requiredNumber(name, bounds)).toBe(value);
  });

  it.each(['-1', '901', 'soon', 'NaN', 'Infinity', '5 s'])('refuses "%s", naming variable and bounds', (text) => {
    process.env[name] = text;
    expect(() => requiredNumber(name, bounds)).toThrow(`${name} must be a number from 0 to 900, not "${text}"`);
  });

  it('names the variable that is missing', () => {
    expect(() => requiredNumber(name, bounds)).toThrow(/TEST_SETTING is missing/);
  });
});
