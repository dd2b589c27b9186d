/** Without the ids that chance gives, which differ with the order of things and decide nothing. */
export const plainText = (text: string): string =>
  text.replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, 'id');
