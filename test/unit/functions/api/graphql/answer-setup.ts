import '#test/support/lambda-environment.ts';

process.env.STATE_MACHINE_ARN = 'arn:aws:states:us-east-1:000000000000:stateMachine:saga';

process.env.STAGE = 'local';
