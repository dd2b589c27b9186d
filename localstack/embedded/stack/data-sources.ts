import type { Environment } from '../types.ts';
import { policyDocument } from './policy-document.ts';

type Attributes = Readonly<Record<string, unknown>>;

/** What each supported data source answers, given its own attributes with every reference resolved. */
export const dataSources: Readonly<Record<string, (attributes: Attributes, environment: Environment) => Attributes>> = {
  aws_caller_identity: (_attributes, { accountId }) => ({
    id: accountId,
    account_id: accountId,
    arn: `arn:aws:iam::${accountId}:root`,
    user_id: accountId,
  }),
  aws_iam_policy_document: (attributes) => {
    const json = policyDocument(attributes);
    return { ...attributes, id: 'policy', json, minified_json: JSON.stringify(JSON.parse(json)) };
  },
  aws_partition: () => ({
    id: 'aws',
    partition: 'aws',
    dns_suffix: 'amazonaws.com',
    reverse_dns_prefix: 'com.amazonaws',
  }),
  aws_region: (_attributes, { region }) => ({
    id: region,
    name: region,
    region,
    description: region,
    endpoint: `ec2.${region}.amazonaws.com`,
  }),
};
