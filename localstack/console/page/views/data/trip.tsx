import type { TripData, TripItem } from '../../../model/data.ts';
import { type ItemChange, wordsOf } from '../../../model/data-changes.ts';
import { itemLook } from '../../../model/data-status.ts';
import { runPath } from '../../router.ts';
import { openData } from '../../stores/data.ts';
import { Link } from '../../ui/link.tsx';
import { Status } from '../../ui/status.tsx';
import { customerPath, flightPath } from './paths.ts';

/** All items of a trip's partition, with what the last change made of them. */
export function TripView({ data: { trip, items } }: { readonly data: TripData }) {
  const { changes } = openData.value;
  const gone = [...changes].filter(([, { kind }]) => kind === 'gone').map(([sk]) => sk);
  return (
    <section class="trip">
      <h2 class="trip-title">{trip}</h2>
      {items.length === 0 && <p class="quiet">The table has no item of this trip.</p>}
      <ul class="items">
        {items.map((item) => (
          <Item key={item.sk} item={item} change={changes.get(item.sk)} />
        ))}
        {gone.map((sk) => (
          <li key={sk} class="item item-gone">
            <h3>
              <code>{sk}</code>
            </h3>
            <p>Deleted</p>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Item({ item, change }: { readonly item: TripItem; readonly change: ItemChange | undefined }) {
  const { sk, type, status, attributes } = item;
  return (
    <li class={change === undefined ? 'item' : 'item item-marked'}>
      <h3>
        <span>{type}</span>
        {status !== undefined && <Status look={itemLook(status)} />}
        {change?.kind === 'new' && <span class="tag">new</span>}
      </h3>
      <p class="quiet mono item-key">{sk}</p>
      <dl class="attributes">
        {Object.entries(attributes)
          .filter(([name]) => name !== 'pk' && name !== 'sk')
          .map(([name, value]) => {
            const isMarked = change?.before.has(name) ?? false;
            const before = change?.before.get(name);
            return (
              <div key={name} class={isMarked ? 'attribute attribute-marked' : 'attribute'}>
                <dt>{name}</dt>
                <dd class="mono">
                  {isMarked && before !== undefined && <del>{before}</del>}{' '}
                  <Value name={name} text={wordsOf(value) ?? ''} />
                </dd>
              </div>
            );
          })}
      </dl>
    </li>
  );
}

/** What it names is linked. */
function Value({ name, text }: { readonly name: string; readonly text: string }) {
  if (name === 'execution_id') return <Link to={runPath(text)}>{text}</Link>;
  if (name === 'outboundFlightId') return <Link to={flightPath(text)}>{text}</Link>;
  if (name === 'customer') return <Link to={customerPath(text)}>{text}</Link>;
  return <>{text}</>;
}
