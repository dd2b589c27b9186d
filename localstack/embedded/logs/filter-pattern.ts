import { invalid } from './log-requests.ts';

/** Quoted where it has other than letters, digits and underscores. */
const terms = /([-?]?)(?:"((?:[^"\\]|\\.)*)"|([\p{L}\p{N}_]+))(?:\s+|$)/gsuy;

/**
 * Terms of which all have to be in the message, `-term` for one that must not be, `?term` for one of which any is enough.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 * @throws AwsError for what is no such pattern, and for patterns of JSON and of columns, and regular expressions, which are not served here
 */
export function compileFilterPattern(pattern: string): (message: string) => boolean {
  const text = pattern.trim();
  if (/^[{[%]/.test(text)) throw invalid(`The local cloud filters by terms only, not by ${text}`);
  const found = [...text.matchAll(terms)];
  const end = found.reduce((length, [whole]) => length + whole.length, 0);
  if (end < text.length) {
    const advice = 'a term with other than letters, digits and underscores must be in double quotes';
    throw invalid(`Invalid filter pattern at ${text.slice(end)}: ${advice}`);
  }
  const of = (wanted: string) =>
    found
      .filter(([, sign]) => sign === wanted)
      .map(([, , quoted, plain]) => quoted?.replace(/\\(.)/gs, '$1') ?? plain ?? '');
  const [all, none, any] = [of(''), of('-'), of('?')];
  return (message) =>
    all.every((term) => message.includes(term)) &&
    !none.some((term) => message.includes(term)) &&
    (any.length === 0 || all.length > 0 || any.some((term) => message.includes(term)));
}
