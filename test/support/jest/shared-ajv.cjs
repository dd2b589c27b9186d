/**
 * Ajv for `asl-validator` alone, which makes a new one and compiles the whole schema of the ASL (0.15 s) for every machine
 * that it validates: here that is done once a test file.
 */
const { default: Ajv } = require('ajv/dist/ajv.js');

const instances = new Map();

/** The instance of these schemas; formats and keywords are compiled in, and none may come to mean something else. */
function sharedAjv(options) {
  const key = options.schemas.map(({ $id }) => $id).join(' ');
  const known = instances.get(key) ?? frozenOnceUsed(new Ajv(options));
  instances.set(key, known);
  return known;
}

function frozenOnceUsed(ajv) {
  const meanings = new Map();
  const adding = (kind, add) => (name, meaning) => {
    const id = `${kind} ${typeof name === 'string' ? name : name.keyword}`;
    const text = textOf(meaning ?? name);
    if (meanings.has(id) && meanings.get(id) !== text)
      throw new Error(`The ${id} was compiled in with another meaning`);
    if (!meanings.has(id)) add(name, meaning);
    meanings.set(id, text);
    return ajv;
  };
  ajv.addFormat = adding('format', ajv.addFormat.bind(ajv));
  ajv.addKeyword = adding('keyword', ajv.addKeyword.bind(ajv));
  return ajv;
}

const textOf = (meaning) =>
  typeof meaning === 'function'
    ? meaning.toString()
    : JSON.stringify(meaning, (_, value) => (typeof value === 'object' ? value : `${value}`));

module.exports = sharedAjv;
module.exports.default = sharedAjv;
