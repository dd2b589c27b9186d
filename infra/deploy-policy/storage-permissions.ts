import { keyConditionOf } from '../key-condition.ts';
import { anywhere, type Grant, named, queues, tables, topics } from './grant.ts';

/** The table, queues, topics and parameters. */
export const storagePermissions: Readonly<Record<string, readonly Grant[]>> = {
  aws_dynamodb_table: [
    {
      read: [
        'dynamodb:DescribeContinuousBackups',
        'dynamodb:DescribeTable',
        'dynamodb:DescribeTimeToLive',
        'dynamodb:ListTagsOfResource',
      ],
      write: [
        'dynamodb:CreateTable',
        'dynamodb:DeleteTable',
        'dynamodb:TagResource',
        'dynamodb:UntagResource',
        'dynamodb:UpdateContinuousBackups',
        'dynamodb:UpdateTable',
        'dynamodb:UpdateTimeToLive',
      ],
      on: tables,
    },
    {
      // The provider compares the table's key with AWS's own for DynamoDB, which it looks up by this alias.
      read: ['kms:DescribeKey'],
      on: ({ region, account }) => [`arn:aws:kms:${region}:${account}:key/*`],
      condition: () => ({ StringEquals: { 'kms:RequestAlias': 'alias/aws/dynamodb' } }),
      usedWith: 'server_side_encryption',
    },
  ],
  aws_dynamodb_table_item: [
    {
      read: ['dynamodb:GetItem'],
      write: ['dynamodb:DeleteItem', 'dynamodb:PutItem'],
      on: tables,
      // The deployer puts flights, and reads nothing of customers.
      condition: () => keyConditionOf('flight'),
    },
  ],
  aws_sns_topic: [
    {
      read: ['sns:GetTopicAttributes', 'sns:ListTagsForResource'],
      write: ['sns:CreateTopic', 'sns:DeleteTopic', 'sns:SetTopicAttributes', 'sns:TagResource', 'sns:UntagResource'],
      on: topics,
    },
  ],
  aws_sns_topic_subscription: [
    {
      // A subscription's ARN begins with its topic's.
      read: ['sns:GetSubscriptionAttributes', 'sns:ListSubscriptionsByTopic'],
      write: ['sns:SetSubscriptionAttributes', 'sns:Subscribe', 'sns:Unsubscribe'],
      on: topics,
    },
  ],
  aws_sqs_queue: [
    {
      read: ['sqs:GetQueueAttributes', 'sqs:ListQueueTags'],
      write: ['sqs:CreateQueue', 'sqs:DeleteQueue', 'sqs:SetQueueAttributes', 'sqs:TagQueue', 'sqs:UntagQueue'],
      on: queues,
    },
  ],
  aws_sqs_queue_policy: [{ read: ['sqs:GetQueueAttributes'], write: ['sqs:SetQueueAttributes'], on: queues }],
  aws_sqs_queue_redrive_allow_policy: [
    { read: ['sqs:GetQueueAttributes'], write: ['sqs:SetQueueAttributes'], on: queues },
  ],
  aws_ssm_parameter: [
    {
      read: ['ssm:GetParameter', 'ssm:ListTagsForResource'],
      write: ['ssm:AddTagsToResource', 'ssm:DeleteParameter', 'ssm:PutParameter', 'ssm:RemoveTagsFromResource'],
      // A parameter's ARN has one slash where its name begins with one.
      on: named('ssm', 'parameter', 'aws_ssm_parameter', 'name'),
    },
    { read: ['ssm:DescribeParameters'], on: anywhere },
  ],
};
