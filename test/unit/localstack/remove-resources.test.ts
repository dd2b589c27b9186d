import { describe, expect, it } from '@jest/globals';
import { goesWithOwner, removeResources } from '../../../localstack/deploy/remove-resources.ts';

const policy = 'aws_sqs_queue_redrive_allow_policy.Letters_RedriveAllowPolicy';

/** A deployed stack; Terraform would wait for each policy, so a destroy that still has one fails here. */
function aDeployment(deployed: readonly string[], stays: readonly string[] = []) {
  let state = deployed;
  const printed: string[] = [];
  const expected: number[] = [];
  const forgotten: (readonly string[])[] = [];
  const terraform = {
    resources: async () => state,
    forget: async (addresses: readonly string[]) => {
      forgotten.push(addresses);
      state = state.filter((address) => !addresses.includes(address));
    },
    destroy: async (count: number) => {
      if (state.some(goesWithOwner)) throw new Error('stands');
      expected.push(count);
      state = stays;
      return count;
    },
  };
  const remove = () => removeResources(terraform, 'LocalStack', (line) => printed.push(line));
  return { remove, printed, expected, forgotten };
}

describe('removing what was deployed', () => {
  it('given policies of queues, when removed, then Terraform waits for the queues alone', async () => {
    const { remove, printed, expected, forgotten } = aDeployment(['aws_sqs_queue.Letters', policy]);
    await remove();
    expect([forgotten, expected]).toEqual([[[policy]], [1]]);
    expect(printed).toEqual(['Removing 2 resources from LocalStack (1 of them with what they belong to) …']);
  });

  it('given none, when removed, then nothing is forgotten', async () => {
    const { remove, printed, expected, forgotten } = aDeployment(['aws_sqs_queue.Letters', 'aws_sns_topic.Booked']);
    await remove();
    expect([forgotten, expected]).toEqual([[], [2]]);
    expect(printed).toEqual(['Removing 2 resources from LocalStack …']);
  });

  it('given one that stays, when removed, then it is named', async () => {
    const { remove } = aDeployment(['aws_sqs_queue.Letters', policy], ['aws_sqs_queue.Letters']);
    await expect(remove()).rejects.toThrow('1 resources are left:\n  aws_sqs_queue.Letters');
  });
});

describe('a resource that goes with its owner', () => {
  it.each([
    ['is a policy on who may redrive to a queue', policy, true],
    ['is not the queue', 'aws_sqs_queue.Letters', false],
    ['is known by its type, not by its name', 'aws_sqs_queue.aws_sqs_queue_redrive_allow_policy', false],
  ])('%s', (_, address, goes) => {
    expect(goesWithOwner(address)).toBe(goes);
  });
});
