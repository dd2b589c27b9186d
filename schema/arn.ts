/** What is behind the last colon: of an execution, a state machine, a function or a queue its name. */
export const nameOfArn = (arn: string): string => arn.slice(arn.lastIndexOf(':') + 1);
