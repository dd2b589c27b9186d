import { describe, expect, it } from '@jest/globals';
import { sharedText } from '../../../dynamodb/shared-texts.ts';

describe('values of texts', () => {
  it('are one object for the same text, also where others came between', () => {
    const value = sharedText('CONFIRMED');
    expect(value).toEqual({ S: 'CONFIRMED' });
    for (let other = 0; other < 4_000; other++) sharedText(`other ${other}`);
    expect(sharedText('CONFIRMED')).toBe(value);
    for (let other = 4_000; other < 8_000; other++) sharedText(`other ${other}`);
    expect(sharedText('CONFIRMED')).toBe(value);
  });

  it('are forgotten once very many others came', () => {
    const value = sharedText('CANCELLED');
    for (let other = 0; other < 10_000; other++) sharedText(`another ${other}`);
    expect(sharedText('CANCELLED')).not.toBe(value);
    expect(sharedText('CANCELLED')).toEqual({ S: 'CANCELLED' });
  });

  it('are not kept for long texts', () => {
    const text = 'x'.repeat(97);
    expect(sharedText(text)).toEqual({ S: text });
    expect(sharedText(text)).not.toBe(sharedText(text));
  });

  it('cannot be changed for all that share them', () => {
    const value = sharedText('frozen') as { S: string };
    expect(() => {
      value.S = 'changed';
    }).toThrow(TypeError);
    expect(sharedText('frozen')).toEqual({ S: 'frozen' });
  });
});
