/** What is wrong with a model's answer, for its author, and what was mended in it, for the caller. */
export class Findings {
  readonly problems: string[] = [];
  readonly warnings: string[] = [];

  problem(text: string): void {
    this.problems.push(text);
  }

  warn(text: string): void {
    if (!this.warnings.includes(text)) this.warnings.push(text);
  }
}
