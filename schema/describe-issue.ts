import type * as z from 'zod/mini';

/**
 * Says which field is wrong and what was expected there, without repeating the value (it may be personal).
 * @param whole what the input as a whole is called
 */
export function describeIssue(error: z.core.$ZodError, whole = '(input)'): { field: string; message: string } {
  const issue = error.issues[0];
  const field = issue?.path.map(String).join('.') || whole;
  if (issue === undefined) return { field, message: 'is invalid' };
  switch (issue.code) {
    case 'invalid_type':
      return { field, message: issue.input === undefined ? 'is missing' : `must be ${withArticle(issue.expected)}` };
    case 'invalid_value':
      return { field, message: `must be one of ${issue.values.map(String).join(', ')}` };
    case 'invalid_union':
      return { field, message: alternatives(issue) };
    case 'unrecognized_keys':
      return { field: [...issue.path, issue.keys[0]].map(String).join('.'), message: 'is unknown here' };
    case 'too_small':
      return { field, message: bound('least', issue.minimum, issue.origin) };
    case 'too_big':
      return { field, message: bound('most', issue.maximum, issue.origin) };
    default:
      return { field, message: issue.message || 'is invalid' };
  }
}

/** `options` are the values of the field that tells the alternatives apart, where there is one. */
function alternatives(issue: z.core.$ZodIssueInvalidUnion): string {
  const { options = [] } = issue as { readonly options?: readonly unknown[] };
  return options.length > 0 ? `must be one of ${options.map(String).join(', ')}` : issue.message || 'is invalid';
}

const withArticle = (type: string): string => `${/^[aeio]/.test(type) ? 'an' : 'a'} ${type}`;

const bound = (which: 'least' | 'most', value: unknown, origin: string): string =>
  origin === 'string'
    ? `must have at ${which} ${value} character${value === 1 ? '' : 's'}`
    : `must be at ${which} ${value}`;
