import type { Rules } from '#test/model/rules/rules.ts';

/** The loyalty account's side of one booking: its record, and the points it has come to (a booking earns one). */
interface Account {
  readonly record: 'none' | 'earned' | 'taken back' | 'never earned';
  readonly points: number;
}

const messages = ['CONFIRMED', 'CANCELLED'] as const;
type Message = (typeof messages)[number];
const mostDeliveries = 2;

function deliver(message: Message, { record, points }: Account, rules: Rules): Account {
  if (message === 'CONFIRMED') {
    return record === 'none' || !rules.earnsOnce ? { record: 'earned', points: points + 1 } : { record, points };
  }
  if (record === 'none') return { record: rules.cancelledFirstNeverEarns ? 'never earned' : 'none', points };
  const takesBack = record === 'earned' || (record === 'taken back' && !rules.takenBackOnce);
  return takesBack ? { record: 'taken back', points: points - 1 } : { record, points };
}

export interface Delivery {
  readonly order: readonly Message[];
  readonly points: number;
}

/**
 * Every way in which a queue may deliver these messages: each once or twice, in any order. The account reads nothing of
 * the saga and the saga nothing of the account, so this is all there is to look at, whenever they arrive.
 * @param published bits: CONFIRMED 1, CANCELLED 2
 */
export function deliveriesOf(published: number, rules: Rules): Delivery[] {
  const sent = messages.filter((_, bit) => (published >> bit) & 1);
  const deliveries: Delivery[] = [];
  const goOn = (order: readonly Message[], account: Account): void => {
    if (sent.every((message) => order.includes(message))) deliveries.push({ order, points: account.points });
    for (const message of sent) {
      if (order.filter((delivered) => delivered === message).length === mostDeliveries) continue;
      goOn([...order, message], deliver(message, account, rules));
    }
  };
  goOn([], { record: 'none', points: 0 });
  return deliveries;
}
