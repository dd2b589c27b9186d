/** Something that the user can mend: the message says what is wrong, the advice what to do. */
export class DeployError extends Error {
  readonly advice: string;

  constructor(message: string, advice: string) {
    super(message);
    this.advice = advice;
  }
}
