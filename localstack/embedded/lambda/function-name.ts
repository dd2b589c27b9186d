/** The forms in which Lambda's API takes a function: name, `name:qualifier`, `account:function:name`, ARN, each with a qualifier or not. */

import { AwsError, type Environment } from '../types.ts';

export interface FunctionReference {
  readonly name: string;
  readonly qualifier: string | undefined;
}

const FORM =
  /^(?:arn:[\w-]+:lambda:(?<region>[\w-]+):)?(?:(?<account>\d{12}):function:|function:)?(?<name>[\w-]{1,64})(?::(?<qualifier>\$LATEST|[\w-]+))?$/;

const QUALIFIER = /^(\$LATEST\.PUBLISHED|[\w$-]{1,128})$/;

/** @throws AwsError `ValidationException` for a text of no known form, `ResourceNotFoundException` for another account or region */
export function parseFunctionName(
  text: string,
  qualifier: string | undefined,
  environment: Environment,
): FunctionReference {
  const groups = FORM.exec(text)?.groups;
  if (groups?.name === undefined) {
    throw new AwsError(
      'ValidationException',
      `"${text}" is not a function name, a partial ARN or an ARN of a function`,
    );
  }
  if (qualifier !== undefined && !QUALIFIER.test(qualifier)) {
    throw new AwsError('ValidationException', `"${qualifier}" is no version and no alias of a function`);
  }
  const elsewhere =
    (groups.region ?? environment.region) !== environment.region ||
    (groups.account ?? environment.accountId) !== environment.accountId;
  if (elsewhere) throw functionNotFound(text);
  if (groups.qualifier !== undefined && qualifier !== undefined && groups.qualifier !== qualifier) {
    const message = 'The derived qualifier from the function name does not match the specified qualifier.';
    throw new AwsError('InvalidParameterValueException', message, 400, { Type: 'User' });
  }
  return { name: groups.name, qualifier: groups.qualifier ?? qualifier };
}

export function functionNotFound(arn: string): AwsError {
  return new AwsError('ResourceNotFoundException', `Function not found: ${arn}`, 404, { Type: 'User' });
}
