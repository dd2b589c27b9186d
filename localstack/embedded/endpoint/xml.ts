/** How a service writes lists and maps; XML itself has neither. */
export interface XmlStyle {
  readonly namespace: string;
  /** Members that are maps and not structures; written as `<entry><key/><value/></entry>`. */
  readonly maps: ReadonlySet<string>;
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
  if (Array.isArray(value)) return element(name, value.map((each) => element('member', content(each, style))).join(''));
  if (!style.maps.has(name)) return element(name, content(value, style));
  const entries = Object.entries(value).map(([key, entry]) => {
    return element('entry', element('key', escapeXml(key)) + element('value', content(entry, style)));
  });
  return element(name, entries.join(''));
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
