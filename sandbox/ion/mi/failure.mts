/** M3's refusal of one transaction. */
export class MiFailure extends Error {
  constructor(
    readonly code: string,
    readonly field: string,
    message: string,
    /** The program itself cannot run: a bulk call ends here and leaves the rest undone (assumed). */
    readonly terminates = false,
  ) {
    super(message);
  }

  /** As M3 sends it: code, field and blanks around the text (infor §3.4). */
  get padded(): string {
    return `${this.code.padEnd(10)}${this.field.padEnd(12)}${this.message.padEnd(80)}`;
  }
}
