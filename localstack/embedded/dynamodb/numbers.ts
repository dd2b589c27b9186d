/** DynamoDB's numbers: decimal, up to 38 significant digits, as text. */
import { validationError } from './errors.ts';

/** The number 0.DIGITS × 10^exponent; digits have no zeros at either end, and none at all make a zero. */
interface Decimal {
  readonly negative: boolean;
  readonly digits: string;
  readonly exponent: number;
}

const form = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/;
/** Such numbers are in their final form, and JavaScript calculates with them exactly. */
const smallInteger = /^(0|-?[1-9]\d{0,14})$/;
const maximumDigits = 38;
/** 1E-130 and 9.9…E+125 in the form above. */
const [leastExponent, greatestExponent] = [-129, 126];

/** The text as DynamoDB gives it back, without an exponent: `1.0` is `1`, `1e3` is `1000`. @throws ValidationException */
export function normalized(text: unknown): string {
  if (typeof text === 'string' && smallInteger.test(text)) return text;
  const decimal = parse(text);
  if (decimal === undefined) throw validationError(`The parameter cannot be converted to a numeric value: ${text}`);
  return textOf(inRange(decimal));
}

export function compareNumbers(one: string, other: string): number {
  if (smallInteger.test(one) && smallInteger.test(other)) return Number(one) - Number(other);
  const [left, right] = [sortKeyOf(one), sortKeyOf(other)];
  return left < right ? -1 : left > right ? 1 : 0;
}

/** @throws ValidationException where the sum has more digits than there are */
export function sum(one: string, other: string, sign: 1 | -1): string {
  if (smallInteger.test(one) && smallInteger.test(other)) return normalized(String(Number(one) + sign * Number(other)));
  const [left, right] = [parse(one), parse(other)] as [Decimal, Decimal];
  const scale = Math.max(0, left.digits.length - left.exponent, right.digits.length - right.exponent);
  const total = scaled(left, scale) + BigInt(sign) * scaled(right, scale);
  return textOf(inRange(parse(`${total}e-${scale}`) as Decimal));
}

/** A text whose order, by code units, is that of the numbers. */
export function sortKeyOf(number: string): string {
  const { negative, digits, exponent } = parse(number) as Decimal;
  if (digits === '') return '1';
  const magnitude = String(exponent + 500) + digits;
  if (!negative) return `2${magnitude}`;
  // The greater the magnitude, the smaller the number; the tilde is behind all digits, so that -1 comes behind -1.5.
  return `0${magnitude.replace(/\d/g, (digit) => String(9 - Number(digit)))}~`;
}

function parse(text: unknown): Decimal | undefined {
  const [, sign, whole = '', fraction = '', power = '0'] = (typeof text === 'string' ? form.exec(text) : null) ?? [];
  if (whole + fraction === '') return undefined;
  const padded = (whole + fraction).replace(/^0+/, '');
  const digits = padded.replace(/0+$/, '');
  if (digits === '') return { negative: false, digits, exponent: 0 };
  const exponent = padded.length - fraction.length + Number(power);
  return { negative: sign === '-', digits, exponent };
}

function inRange(decimal: Decimal): Decimal {
  const { digits, exponent } = decimal;
  if (digits.length > maximumDigits) {
    throw validationError(`Attempting to store more than ${maximumDigits} significant digits in a Number`);
  }
  if (digits !== '' && exponent > greatestExponent) {
    throw validationError('Number overflow. Attempting to store a number with magnitude larger than supported range');
  }
  if (digits !== '' && exponent < leastExponent) {
    throw validationError('Number underflow. Attempting to store a number with magnitude smaller than supported range');
  }
  return decimal;
}

function textOf({ negative, digits, exponent }: Decimal): string {
  if (digits === '') return '0';
  const sign = negative ? '-' : '';
  if (exponent <= 0) return `${sign}0.${'0'.repeat(-exponent)}${digits}`;
  if (exponent >= digits.length) return sign + digits.padEnd(exponent, '0');
  return `${sign}${digits.slice(0, exponent)}.${digits.slice(exponent)}`;
}

const scaled = ({ negative, digits, exponent }: Decimal, scale: number): bigint =>
  BigInt(`${negative ? '-' : ''}${digits === '' ? '0' : digits.padEnd(exponent + scale, '0')}`);
