import { describe, expect, it } from '@jest/globals';
import { accepted } from '#infra/checkov/accepted.ts';
import { hclOf } from '#infra/checkov/hcl.ts';
import { judge, verdictOf } from '#infra/checkov/judge.ts';

describe('the stack as HCL', () => {
  it('has blocks for objects, one each for a list of them, and maps where Terraform has maps', () => {
    const hcl = hclOf({
      resource: {
        aws_lambda_function: {
          Step: {
            '//': { metadata: {} },
            function_name: 'step',
            architectures: ['arm64'],
            timeout: 10,
            publish: true,
            environment: { variables: { STAGE: 'prod', TABLE: `\${aws_dynamodb_table.T.name}` } },
            depends_on: ['aws_iam_role_policy.P'],
          },
        },
        aws_dynamodb_table: { T: { attribute: [{ name: 'pk' }, { name: 'sk' }] } },
      },
    });

    expect(hcl).toBe(`resource "aws_lambda_function" "Step" {
  function_name = "step"
  architectures = ["arm64"]
  timeout = 10
  publish = true
  environment {
    variables = { "STAGE" = "prod", "TABLE" = "\${aws_dynamodb_table.T.name}" }
  }
  depends_on = [aws_iam_role_policy.P]
}

resource "aws_dynamodb_table" "T" {
  attribute {
    name = "pk"
  }
  attribute {
    name = "sk"
  }
}
`);
  });

  it('has the blocks around resources', () => {
    const hcl = hclOf({
      terraform: {
        required_version: '>= 1.10',
        required_providers: { aws: { source: 'aws', version: '~> 5.100' } },
        backend: { s3: { bucket: 'states', encrypt: true } },
      },
      provider: { aws: [{ region: 'us-east-1', default_tags: [{ tags: { Stage: 'prod' } }] }] },
      data: { aws_caller_identity: { Account: {} } },
      output: { api_url: { value: `\${aws_apigatewayv2_api.A.api_endpoint}` } },
    });

    expect(hcl).toContain('aws = { "source" = "aws", "version" = "~> 5.100" }');
    expect(hcl).toContain('backend "s3" {\n    bucket = "states"\n    encrypt = true\n  }');
    expect(hcl).toContain('default_tags {\n    tags = { "Stage" = "prod" }\n  }');
    expect(hcl).toContain('data "aws_caller_identity" "Account" {\n}');
    expect(hcl).toContain(`output "api_url" {\n  value = "\${aws_apigatewayv2_api.A.api_endpoint}"\n}`);
  });

  it('keeps documents as the text that they are', () => {
    const policy = `{"Resource":["\${aws_sqs_queue.Q.arn}"],"Text":"a\\nb"}`;
    const hcl = hclOf({ resource: { aws_sqs_queue_policy: { P: { policy } } } });

    expect(JSON.parse(/policy = (.*)/.exec(hcl)?.[1] ?? '')).toBe(policy);
  });

  it('refuses constructs that it cannot write correctly', () => {
    const resource = { aws_sqs_queue: { Q: { name: `\${join("-", var.parts)}` } } };

    expect(() => hclOf({ resource })).toThrow(/join\("-", var.parts\).* has no form in HCL/);
  });
});

describe('a finding', () => {
  const route = (resource: string) => ({ check_id: 'CKV_AWS_309', check_name: 'Ensure authorization', resource });
  const others = Object.keys(accepted)
    .filter((id) => id !== 'CKV_AWS_309')
    .map((check_id) => ({ check_id, check_name: '', resource: exampleOf(check_id) }));

  it('is open unless it is accepted, for that very resource', () => {
    const guard = route('aws_apigatewayv2_route.HttpApi_Flights_Guard0_1234');
    const open = route('aws_apigatewayv2_route.HttpApi_Bookings_Route0_1234');
    const unknown = { check_id: 'CKV_AWS_999', check_name: 'Something new', resource: 'aws_sqs_queue.Q' };

    expect(judge([...others, guard], accepted)).toEqual({ open: [], gone: [] });
    expect(judge([...others, guard, open, unknown], accepted).open).toEqual([
      'CKV_AWS_309 aws_apigatewayv2_route.HttpApi_Bookings_Route0_1234: Ensure authorization',
      'CKV_AWS_999 aws_sqs_queue.Q: Something new',
    ]);
  });

  it('that is accepted but no longer found is an error', () => {
    expect(judge(others, accepted).gone).toEqual(['CKV_AWS_309']);
  });

  it('has a reason where it is accepted', () => {
    for (const { reason } of Object.values(accepted)) expect(reason.length).toBeGreaterThan(30);
  });
});

describe('the verdict on a report of checkov', () => {
  const known = { check_id: 'A', check_name: 'Known', resource: 'aws_sqs_queue.Q' };
  const fresh = { check_id: 'B', check_name: 'New', resource: 'aws_sqs_queue.Q' };
  const verdict = (failed_checks: (typeof known)[], more: object = {}) =>
    verdictOf(
      {
        summary: { passed: 500, failed: failed_checks.length, parsing_errors: 0, ...more },
        results: { failed_checks },
      },
      { A: { reason: 'known' } },
    );
  const lost = 'checkov did not understand the stack: see infra/checkov/hcl.ts';

  it('given what is accepted alone, when it is judged, then it is good', () => {
    expect(verdict([known])).toEqual({
      isGood: true,
      summary: 'checkov: 500 passed, 1 accepted, 0 open',
      problems: [],
    });
  });

  it('given a new finding, when it is judged, then it is open, with advice', () => {
    expect(verdict([known, fresh])).toEqual({
      isGood: false,
      summary: 'checkov: 500 passed, 1 accepted, 1 open',
      problems: ['B aws_sqs_queue.Q: New', 'mend them, or accept them with a reason in infra/checkov/accepted.ts'],
    });
  });

  it('given an accepted finding that is gone, when it is judged, then its entry is a problem', () => {
    expect(verdict([])).toMatchObject({
      isGood: false,
      problems: ['A is accepted in infra/checkov/accepted.ts, but not found any more'],
    });
  });

  it.each([
    ['a file that has errors', { parsing_errors: 1 }],
    ['fewer checks than the stack has', { passed: 499 }],
  ])('given %s, when it is judged, then the stack was not understood', (_, more) => {
    expect(verdict([known], more)).toMatchObject({ isGood: false, problems: [lost] });
    expect(verdict([known, fresh], more)).toMatchObject({ isGood: false, problems: ['B aws_sqs_queue.Q: New', lost] });
  });
});

/** A resource that the entry speaks of. */
function exampleOf(id: string): string {
  const source = accepted[id]?.resources?.source ?? '';
  return `${source.replaceAll(/[\\^]/g, '')}1234`;
}
