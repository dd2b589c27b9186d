/** Words that no constant of a module can be called by: https://tc39.es/ecma262/#prod-ReservedWord and strict mode's own. */
const reserved = `
  arguments await break case catch class const continue debugger default delete do else enum eval export extends false
  finally for function if implements import in instanceof interface let new null package private protected public return
  static super switch this throw true try typeof var void while with yield`;

export const reservedWords: ReadonlySet<string> = new Set(reserved.trim().split(/\s+/));
