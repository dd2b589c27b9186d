import { AwsError } from '../types.ts';

/**
 * Terms of which all have to be in the message, quoted where they have spaces, `-term` for one that must not be, `?term` for
 * one of which any is enough. https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 * @throws AwsError for patterns of JSON and of columns, and for regular expressions, which are not served here
 */
export function compileFilterPattern(pattern: string): (message: string) => boolean {
  const text = pattern.trim();
  if (/^[{[%]/.test(text)) {
    const message = `The local cloud filters by terms only, not by ${text}`;
    throw new AwsError('InvalidParameterException', message);
  }
  const terms = [...text.matchAll(/([-?]?)(?:"((?:[^"\\]|\\.)*)"|(\S+))/g)].map(([, sign, quoted, plain]) => ({
    sign,
    term: quoted?.replace(/\\(.)/g, '$1') ?? plain ?? '',
  }));
  const of = (wanted: string) => terms.filter(({ sign }) => sign === wanted).map(({ term }) => term);
  const [all, none, any] = [of(''), of('-'), of('?')];
  return (message) =>
    all.every((term) => message.includes(term)) &&
    !none.some((term) => message.includes(term)) &&
    (any.length === 0 || all.length > 0 || any.some((term) => message.includes(term)));
}
