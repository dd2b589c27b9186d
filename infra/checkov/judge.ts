import type { Accepted } from './accepted.ts';

/** One failed check, as checkov's JSON report has it. */
export interface Finding {
  readonly check_id: string;
  readonly check_name: string;
  /** `aws_sqs_queue.RedriveQueue_1234` */
  readonly resource: string;
}

export interface Judgement {
  /** To be mended, or accepted with a reason. */
  readonly open: readonly string[];
  /** Accepted, but not found any more. */
  readonly gone: readonly string[];
}

export function judge(findings: readonly Finding[], accepted: Readonly<Record<string, Accepted>>): Judgement {
  const isAccepted = ({ check_id, resource }: Finding): boolean => {
    const own = Object.hasOwn(accepted, check_id) ? accepted[check_id] : undefined;
    return own !== undefined && (own.resources?.test(resource) ?? true);
  };
  const found = new Set(findings.filter(isAccepted).map(({ check_id }) => check_id));
  return {
    open: findings
      .filter((finding) => !isAccepted(finding))
      .map(({ check_id, check_name, resource }) => `${check_id} ${resource}: ${check_name}`),
    gone: Object.keys(accepted).filter((id) => !found.has(id)),
  };
}
