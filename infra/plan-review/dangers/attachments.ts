import { isList, isSame, type Json } from '../json.ts';
import type { Change } from '../reading/change.ts';
import { capital, wordsFor } from '../words.ts';
import type { DangerRule } from './danger.ts';

const attachments = /^aws_iam_(role|user|group)_policy_attachment$|^aws_iam_policy_attachment$/;

/** Permissions that stand elsewhere: neither the plan nor the code here says what they allow. */
export const attachedPolicy: DangerRule = {
  name: 'policy-attached',
  about:
    'attaches a managed policy to a role, changes inline policies of a role, or takes its permissions boundary away',
  judge: (change) => {
    const { type, before, after, unknown } = change;
    if (after === undefined) return [];
    if (attachments.test(type)) {
      return isAttachedBefore(change)
        ? []
        : [`${capital(wordsFor(change))} attaches the managed policy ${textOf(after.policy_arn)}: see what it allows.`];
    }
    if (type !== 'aws_iam_role') return [];
    const gained = textsOf(after.managed_policy_arns).filter(
      (arn) => !textsOf(before?.managed_policy_arns).includes(arn),
    );
    const boundary = before?.permissions_boundary;
    return [
      ...gained.map((arn) => `${capital(wordsFor(change))} gets the managed policy ${arn}: see what it allows.`),
      ...(boundary && boundary !== after.permissions_boundary && unknown.permissions_boundary === undefined
        ? [`${capital(wordsFor(change))} is no longer bounded by ${textOf(boundary)}.`]
        : []),
      ...(isSame(before?.inline_policy ?? [], after.inline_policy ?? []) || unknown.inline_policy !== undefined
        ? []
        : [`${capital(wordsFor(change))} changes its inline policies, which are not compared: see what they allow.`]),
    ];
  },
};

/** Whom an attachment is for. */
const holders = ['role', 'user', 'group', 'roles', 'users', 'groups'];

/** The same policy for the same holders; one that is replaced, too, and so has no known name, is the same. */
const isAttachedBefore = ({ before, after, unknown }: Change): boolean =>
  before !== undefined &&
  before.policy_arn === after?.policy_arn &&
  holders.every((holder) => isSame(before[holder], after?.[holder]) || unknown[holder] !== undefined);

const textOf = (value: Json | undefined): string => (typeof value === 'string' ? value : 'that is not known yet');

const textsOf = (value: Json | undefined): readonly Json[] => (isList(value) ? value : []);
