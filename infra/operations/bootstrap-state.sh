#!/usr/bin/env bash
set -euo pipefail

usage="npm run bootstrap:state    makes the bucket of Terraform's state, or brings one that is there into the same shape

  TF_STATE_BUCKET                the bucket's name
  AWS_ACCOUNT_ID                 the account that it shall belong to
  TF_STATE_REGION, AWS_REGION    its region (default: us-east-1)
  --help                         this text

It needs the AWS CLI with credentials that may make buckets, and may run again at any time."

fail() { echo "bootstrap:state: $1" >&2; exit "${2:-1}"; }

case "${1:-}" in
  --help) echo "$usage"; exit ;;
  ?*) fail "$1 makes no sense here
$usage" 2 ;;
esac

[ -n "${TF_STATE_BUCKET:-}" ] || fail "set TF_STATE_BUCKET to the bucket's name, which must be unique in all of AWS"
[ -n "${AWS_ACCOUNT_ID:-}" ] || fail "set AWS_ACCOUNT_ID to the account that the bucket shall belong to"
command -v aws >/dev/null || fail "the AWS CLI is not on the PATH: https://docs.aws.amazon.com/cli/"
bucket=$TF_STATE_BUCKET
region=${TF_STATE_REGION:-${AWS_REGION:-us-east-1}}

account=$(aws sts get-caller-identity --region "$region" --query Account --output text)
[ "$account" = "$AWS_ACCOUNT_ID" ] || fail "the credentials are of account $account, not of $AWS_ACCOUNT_ID"

# A bucket of this name may belong to another account, which could read the state: each call names the expected owner.
s3api() { aws s3api "$1" --region "$region" --bucket "$bucket" --expected-bucket-owner "$account" "${@:2}"; }

if s3api head-bucket >/dev/null 2>&1; then
  echo "$bucket is there"
else
  # us-east-1 is the one region that must not be named as a constraint.
  location=()
  [ "$region" = us-east-1 ] || location=(--create-bucket-configuration "LocationConstraint=$region")
  aws s3api create-bucket --region "$region" --bucket "$bucket" ${location[@]+"${location[@]}"} >/dev/null ||
    fail "$bucket could not be made: the name may be taken, choose another one"
  echo "$bucket is made in $region"
fi

s3api put-public-access-block --public-access-block-configuration \
  BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true
echo "public access is blocked"
# A state that was overwritten or deleted can be had back.
s3api put-bucket-versioning --versioning-configuration Status=Enabled
echo "versions are kept"
s3api put-bucket-encryption --server-side-encryption-configuration \
  '{"Rules":[{"ApplyServerSideEncryptionByDefault":{"SSEAlgorithm":"AES256"},"BucketKeyEnabled":true}]}'
echo "objects are encrypted"
s3api put-bucket-policy --policy "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Sid\":\"OnlyTls\",\"Effect\":\"Deny\",\"Principal\":\"*\",\"Action\":\"s3:*\",\"Resource\":[\"arn:aws:s3:::$bucket\",\"arn:aws:s3:::$bucket/*\"],\"Condition\":{\"Bool\":{\"aws:SecureTransport\":\"false\"}}}]}"
echo "requests without TLS are refused"
