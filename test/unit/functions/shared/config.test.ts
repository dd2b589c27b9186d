import { afterEach, describe, expect, it } from '@jest/globals';
import { optionalProbability, requiredText, requiredWholeNumber } from '#functions/shared/aws/config.ts';

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

describe('requiredWholeNumber', () => {
  const bounds = { min: 0, max: 900 };

  it.each([
    ['0', 0],
    ['900', 900],
  ])('reads %s', (text, value) => {
    process.env[name] = text;
    expect(requiredWholeNumber(name, bounds)).toBe(value);
  });

  it.each(['-1', '901', 'soon', 'NaN', 'Infinity', '5 s'])('refuses "%s", naming variable and bounds', (text) => {
    process.env[name] = text;
    expect(() => requiredWholeNumber(name, bounds)).toThrow(`${name} must be a number from 0 to 900, not "${text}"`);
  });

  it('names the variable that is missing', () => {
    expect(() => requiredWholeNumber(name, bounds)).toThrow(/TEST_SETTING is missing/);
  });
});

describe('requiredWholeNumber, of a fraction', () => {
  it('refuses it: seconds of a queue are whole', () => {
    process.env[name] = '0.5';
    expect(() => requiredWholeNumber(name, { min: 0, max: 900 })).toThrow(`${name} must be a whole number, not "0.5"`);
  });
});

describe('optionalProbability', () => {
  it.each([
    [undefined, 0],
    ['', 0],
    ['0.4', 0.4],
    ['1', 1],
  ])('reads %p as %d', (text, value) => {
    if (text !== undefined) process.env[name] = text;
    expect(optionalProbability(name)).toBe(value);
  });

  it.each(['-0.1', '1.1', 'often'])('refuses "%s"', (text) => {
    process.env[name] = text;
    expect(() => optionalProbability(name)).toThrow(`${name} must be a number from 0 to 1`);
  });
});
