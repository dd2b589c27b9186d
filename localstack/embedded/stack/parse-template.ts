import type { Expression } from './expression.ts';
import { parseExpression } from './parse-expression.ts';
import { createScanner } from './scanner.ts';
import { templateOf, templateParts } from './template-parts.ts';

/**
 * A JSON string of a Terraform file is a template: text with `${…}`. Backslashes are plain text here (they are escapes only in
 * quoted strings inside an expression); `$${` and `%%{` stand for `${` and `%{`.
 * A template that is one `${…}` alone keeps the type of its value, as in Terraform.
 */
export function parseTemplate(source: string): Expression {
  const scanner = createScanner(source);
  return templateOf(templateParts(scanner, undefined, parseExpression));
}
