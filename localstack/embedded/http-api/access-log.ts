/** The stage's access log: its format with `$context` variables, rendered per request. Unknown or absent ones are `-`, as on AWS. */

import type { Logs } from '../logs/index.ts';

export type ContextVariable = string | number | undefined;

/** @param variable gives the value of a name without `$context.` */
export type AccessLog = (variable: (name: string) => ContextVariable) => void;

const VARIABLE = /\$context\.([A-Za-z][\w]*(?:\.[\w:-]+)*)/g;

/** @returns undefined where the stage has no access log */
export function createAccessLog(stage: Readonly<Record<string, unknown>>, logs: Logs): AccessLog | undefined {
  const settings = stage.access_log_settings as Readonly<Record<string, unknown>> | undefined;
  if (settings === undefined) return undefined;
  const group = groupOf(String(settings.destination_arn ?? ''));
  const pieces = String(settings.format ?? '').split(VARIABLE);
  return (variable) => {
    // `split` with a group puts the names at the odd places.
    const message = pieces.map((piece, at) => (at % 2 === 0 ? piece : inQuotes(variable(piece)))).join('');
    logs.write(group, String(stage.name), [{ timestamp: Date.now(), message }]);
  };
}

/** `arn:aws:logs:us-east-1:000000000000:log-group:NAME:*` → NAME */
function groupOf(arn: string): string {
  const [, group] = /:log-group:(.+?)(?::\*)?$/.exec(arn) ?? [];
  if (group === undefined)
    throw new Error(`access_log_settings.destination_arn: "${arn}" is not the ARN of a log group`);
  return group;
}

/** Formats are usually JSON with the variable inside quotes. */
function inQuotes(value: ContextVariable): string {
  return value === undefined || value === '' ? '-' : JSON.stringify(String(value)).slice(1, -1);
}
