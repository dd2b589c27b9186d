import { Component, type VNode } from 'preact';

/** A view that is drawn again only where one of its properties is another. */
export function memo<Props extends object>(view: (props: Props) => VNode) {
  return class extends Component<Props> {
    override shouldComponentUpdate(next: Readonly<Props>): boolean {
      return !isSame(this.props, next);
    }

    override render(props: Readonly<Props>): VNode {
      return view(props);
    }
  };
}

function isSame(one: object, other: object): boolean {
  const entries = Object.entries(other);
  return (
    entries.length === Object.keys(one).length && entries.every(([name, value]) => Reflect.get(one, name) === value)
  );
}
