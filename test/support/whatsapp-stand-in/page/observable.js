/** Events with the names and arguments that WhatsApp Web's own models use; several names are told apart by spaces. */
export class Emitter {
  #handlers = new Map();

  on(names, handler) {
    for (const name of names.split(' ')) this.#of(name).add(handler);
  }

  off(names, handler) {
    for (const name of names.split(' ')) this.#of(name).delete(handler);
  }

  once(name, handler) {
    const wrapped = (...args) => {
      this.off(name, wrapped);
      handler(...args);
    };
    this.on(name, wrapped);
  }

  /** One listener's failure stops neither the others nor the page. */
  trigger(name, ...args) {
    for (const handler of [...this.#of(name)]) {
      try {
        Promise.resolve(handler(...args)).catch((error) => console.error(error));
      } catch (error) {
        console.error(error);
      }
    }
  }

  isHeard(name) {
    return this.#of(name).size > 0;
  }

  #of(name) {
    const known = this.#handlers.get(name) ?? new Set();
    this.#handlers.set(name, known);
    return known;
  }
}

/** A thing whose attributes are plain properties; what `set` changes is told to it and to its collection. */
export class Model extends Emitter {
  #collection;

  constructor(attributes) {
    super();
    Object.assign(this, attributes);
  }

  joins(collection) {
    this.#collection = collection;
  }

  set(attributes) {
    const before = Object.keys(attributes).map((name) => [name, this[name]]);
    Object.assign(this, attributes);
    const changed = before.filter(([name, old]) => this[name] !== old);
    for (const [name, old] of changed) this.#tell(`change:${name}`, this, this[name], old);
    if (changed.length > 0) this.#tell('change', this);
  }

  serialize() {
    return { ...this };
  }

  toJSON() {
    return this.serialize();
  }

  #tell(...event) {
    this.trigger(...event);
    this.#collection?.trigger(...event);
  }
}

/** Models by the `_serialized` form of their id. */
export class Collection extends Emitter {
  #models = new Map();

  add(model) {
    if (this.get(model.id) !== undefined) return this.get(model.id);
    this.#models.set(keyOf(model.id), model);
    model.joins(this);
    this.trigger('add', model);
    return model;
  }

  /** Takes a model in without a word. */
  hold(model) {
    this.#models.set(keyOf(model.id), model);
    return model;
  }

  /** Puts models before those that are held. */
  lead(models) {
    this.#models = new Map([...models.map((model) => [keyOf(model.id), model]), ...this.#models]);
  }

  get(id) {
    return this.#models.get(keyOf(id));
  }

  async find(id) {
    return this.get(id);
  }

  remove(model) {
    this.#models.delete(keyOf(model.id));
    this.trigger('remove', model);
  }

  /** Forgets a model under the id that it had, without a word. */
  drop(id) {
    this.#models.delete(keyOf(id));
  }

  getModelsArray() {
    return [...this.#models.values()];
  }

  get length() {
    return this.#models.size;
  }
}

function keyOf(id) {
  return typeof id === 'object' && id !== null ? id._serialized : String(id);
}
