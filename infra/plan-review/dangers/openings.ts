import type { Scope } from '../iam/patterns.ts';
import { policyChangesOf, policyWords } from '../iam/policies.ts';
import { type Permission, permissionText } from '../iam/statements.ts';
import { blockOf, canonical } from '../json.ts';
import type { Change } from '../reading/change.ts';
import { capital, wordsFor } from '../words.ts';
import type { DangerRule } from './danger.ts';

const shownPermissions = 3;

export const widerPolicy: DangerRule = {
  name: 'policy-wider',
  about:
    'allows what was not allowed before, or denies less; a new policy where it has a wildcard action or lets in others than services of AWS',
  judge: (change, reading) =>
    policyChangesOf(change, reading).flatMap((policy) => {
      const { verdict, added, removed } = policy;
      if (verdict === 'unknown') {
        return [`What ${policyWords(policy)} will allow cannot be read from the plan.`];
      }
      const isNew = change.before === undefined;
      const wider = [
        ...added.filter(({ effect }) => effect === 'Allow'),
        ...removed.filter(({ effect }) => effect === 'Deny'),
      ].filter((permission) => !isNew || isMuch(permission));
      if (wider.length === 0) return [];
      const shown = wider.slice(0, shownPermissions).map(shortText).join('; ');
      const more = wider.length > shownPermissions ? `; and ${wider.length - shownPermissions} more` : '';
      return [`${isNew ? 'Much' : 'More'} is allowed in ${policyWords(policy)}: ${shown}${more}.`];
    }),
};

const longest = 300;

function shortText(permission: Permission): string {
  const text = permissionText(permission);
  return text.length > longest ? `${text.slice(0, longest)} …` : text;
}

/** Of a new policy: a whole service's actions, or whom AWS does not run itself: everyone, another account, a user. */
const isMuch = ({ action, principal }: Permission): boolean =>
  isWildcard(action) || (principal !== undefined && !principal.startsWith('Service:'));

/** All but some actions are also those that AWS adds one day. */
const isWildcard = (action: Scope): boolean => action.kind === 'allBut' || /(^|:)\*$/.test(action.pattern);

export const openedRoute: DangerRule = {
  name: 'route-opened',
  about:
    'adds a route without an authorizer, takes its authorizer away, or gives a function a URL of its own; not in a first deployment',
  judge: (change, { isFirst }) => {
    if (change.type === 'aws_lambda_function_url') return opensUrl(change) ? [urlWords(change)] : [];
    if (change.type !== 'aws_apigatewayv2_route' || isFirst || change.after === undefined) return [];
    const isOpen = (values: Change['before']): boolean => (values?.authorization_type ?? 'NONE') === 'NONE';
    const key = change.after.route_key;
    if (key === '$default' || !isOpen(change.after)) return [];
    if (change.before === undefined || change.before.route_key !== key) {
      return [`${capital(wordsFor(change))} is new and needs no token: anyone can call it.`];
    }
    return isOpen(change.before) ? [] : [`${capital(wordsFor(change))} needs no token any more: anyone can call it.`];
  },
};

const opensUrl = ({ before, after }: Change): boolean =>
  after?.authorization_type === 'NONE' && before?.authorization_type !== 'NONE';

const urlWords = (change: Change): string => `${capital(wordsFor(change))} needs no signature: anyone can call it.`;

export const otherAuthorizer: DangerRule = {
  name: 'authorizer-changed',
  about: "changes whose tokens the HTTP API's authorizer accepts",
  judge: (change) => {
    if (change.type !== 'aws_apigatewayv2_authorizer' || change.before === undefined || change.after === undefined)
      return [];
    const [before, after] = [change.before, change.after].map(({ jwt_configuration }) =>
      canonical(blockOf(jwt_configuration)),
    );
    const isKnown = !JSON.stringify(change.unknown.jwt_configuration ?? null).includes('true');
    return isKnown && before !== after ? [`The HTTP API accepts other tokens: ${before} becomes ${after}.`] : [];
  },
};

export const demoRoute: DangerRule = {
  name: 'demo-route-on',
  about: 'adds the demo route, which books without a customer',
  judge: ({ type, before, after }, { isFirst }) =>
    type === 'aws_apigatewayv2_route' && after?.route_key === '$default' && before?.route_key !== '$default' && !isFirst
      ? ['The demo route is new: every URL books a holiday, without a token.']
      : [],
};

export const faultsOn: DangerRule = {
  name: 'faults-on',
  about: 'gives a function the setting of faults on purpose',
  judge: (change, { isFirst }) => {
    if (change.type !== 'aws_lambda_function' || isFirst) return [];
    const hasFaults = (values: Change['before']): boolean => {
      const variables = blockOf(blockOf(values?.environment)?.variables);
      return variables !== undefined && 'CANCEL_FAILURE_RATE' in variables;
    };
    return hasFaults(change.after) && !hasFaults(change.before)
      ? [`${capital(wordsFor(change))} fails on purpose where a request asks for it (CANCEL_FAILURE_RATE is set).`]
      : [];
  },
};
