/** Something that the user can mend: the message says what is wrong, the advice what to do. */
export class DeployError extends Error {
  readonly advice: string;

  constructor(message: string, advice: string) {
    super(message);
    this.advice = advice;
  }
}

/** Prints the error as users should see it and sets the exit code; a bug of ours keeps its stack. */
export function fail(error: unknown): void {
  if (error instanceof DeployError) console.error(`\n${error.message}\n\n→ ${error.advice}`);
  else console.error(error);
  process.exitCode = 1;
}
