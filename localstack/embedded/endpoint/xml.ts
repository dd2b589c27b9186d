/** How a service writes lists and maps; XML itself has neither. */
export interface XmlStyle {
  readonly namespace: string;
  /** Members that are maps and not structures; written as `<entry><key/><value/></entry>` where not flattened. */
  readonly maps: ReadonlySet<string>;
  /** Members written without an element around them, and the element of each item. */
  readonly flattened: Readonly<Record<string, string>>;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '&#13;',
};

export function escapeXml(text: string): string {
  return text.replace(/[&<>"\r]/g, (character) => ENTITIES[character] ?? character);
}

/** The members of a structure, one element each. */
export function xmlMembers(structure: object, style: XmlStyle): string {
  return Object.entries(structure)
    .map(([name, value]) => xmlMember(name, value, style))
    .join('');
}

function xmlMember(name: string, value: unknown, style: XmlStyle): string {
  if (value === undefined || value === null) return '';
  const item = style.flattened[name];
  if (Array.isArray(value)) {
    if (item) return value.map((each) => element(item, content(each, style))).join('');
    return element(name, value.map((each) => element('member', content(each, style))).join(''));
  }
  if (style.maps.has(name)) {
    const entries = Object.entries(value);
    if (item) return entries.map(([key, entry]) => element(item, pair('Name', 'Value', key, entry, style))).join('');
    return element(
      name,
      entries.map(([key, entry]) => element('entry', pair('key', 'value', key, entry, style))).join(''),
    );
  }
  return element(name, content(value, style));
}

function pair(keyName: string, valueName: string, key: string, value: unknown, style: XmlStyle): string {
  return element(keyName, escapeXml(key)) + element(valueName, content(value, style));
}

function content(value: unknown, style: XmlStyle): string {
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (typeof value === 'object' && value !== null) return xmlMembers(value, style);
  return escapeXml(String(value));
}

export function element(name: string, inner: string): string {
  return `<${name}>${inner}</${name}>`;
}
