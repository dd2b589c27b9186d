import { validationError } from '../errors.ts';
import { isReserved } from './reserved-words.ts';
import type { PathNode } from './syntax.ts';
import { type Token, tokensOf } from './tokens.ts';

/** Of one expression. */
const mostBytes = 4096;

/** Goes through the tokens of one expression; what all expressions have in common is read here. */
export class Reader {
  protected readonly member: string;
  readonly #text: string;
  readonly #tokens: readonly Token[];
  #position = 0;

  /** @param member as the request has it, `ConditionExpression` and the like */
  constructor(member: string, text: string) {
    this.member = member;
    this.#text = text;
    if (text.trim() === '') throw this.refusal('The expression can not be empty;');
    const bytes = Buffer.byteLength(text);
    if (bytes > mostBytes) {
      throw this.refusal(`Expression size has exceeded the maximum allowed size; expression size: ${bytes}`);
    }
    this.#tokens = tokensOf(text);
  }

  refusal(reason: string): Error {
    return validationError(`Invalid ${this.member}: ${reason}`);
  }

  protected path(): PathNode {
    const path: (string | number)[] = [this.name()];
    for (;;) {
      if (this.take('.')) path.push(this.name());
      else if (this.take('[')) {
        if (this.token.kind !== 'number') throw this.syntax();
        path.push(Number(this.token.text));
        this.#position += 1;
        this.expect(']');
      } else return { kind: 'path', path };
    }
  }

  protected name(): string {
    const { kind, text } = this.token;
    if (kind !== 'name' && kind !== 'placeholder') throw this.syntax();
    if (kind === 'name' && isReserved(text)) {
      throw this.refusal(`Attribute name is a reserved keyword; reserved keyword: ${text}`);
    }
    this.#position += 1;
    return text;
  }

  protected get token(): Token {
    return this.#tokens[this.#position] as Token;
  }

  /** The token after this one. */
  protected get following(): Token | undefined {
    return this.#tokens[this.#position + 1];
  }

  protected skip(count = 1): void {
    this.#position += count;
  }

  protected take(symbol: string): boolean {
    const found = this.token.kind === 'symbol' && this.token.text === symbol;
    if (found) this.#position += 1;
    return found;
  }

  protected takeWord(word: string): boolean {
    const found = this.token.kind === 'name' && this.token.text.toUpperCase() === word;
    if (found) this.#position += 1;
    return found;
  }

  protected expect(symbol: string): void {
    if (!this.take(symbol)) throw this.syntax();
  }

  protected end(): void {
    if (this.token.kind !== 'end') throw this.syntax();
  }

  protected syntax(): Error {
    const { text, at } = this.token;
    const before = this.#tokens[this.#position - 1]?.at ?? 0;
    const behind = this.#tokens[this.#position + 1];
    const near = this.#text.slice(before, behind === undefined ? undefined : behind.at + behind.text.length);
    return this.refusal(`Syntax error; token: "${at < this.#text.length ? text : '<EOF>'}", near: "${near}"`);
  }
}
