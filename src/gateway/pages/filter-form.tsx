import type { VNode } from 'preact';

/** A choice of a select: what the address says and what people read. */
export interface Choice {
  readonly value: string;
  readonly name: string;
}

interface FilterFormProps {
  readonly action: string;
  readonly label: string;
  readonly q: string;
  readonly select?: {
    readonly name: string;
    readonly label: string;
    readonly value: string;
    readonly choices: readonly Choice[];
  };
}

/** Narrows a list by words and, where it has one, by a choice; works without JavaScript. */
export function FilterForm({ action, label, q, select }: FilterFormProps): VNode {
  return (
    <search>
      <form class="filter" method="get" action={action}>
        <div>
          <label for="q">{label}</label>
          <input id="q" name="q" type="search" maxLength={100} value={q} />
        </div>
        {select === undefined ? null : (
          <div>
            <label for={select.name}>{select.label}</label>
            <select id={select.name} name={select.name}>
              {select.choices.map(({ value, name }) => (
                <option key={value} value={value} selected={value === select.value}>
                  {name}
                </option>
              ))}
            </select>
          </div>
        )}
        <button type="submit" class="primary">
          Filtrar
        </button>
      </form>
    </search>
  );
}

/** How many were found, said to screen readers too because the page is new. */
export function Found({
  count,
  one,
  many,
}: {
  readonly count: number;
  readonly one: string;
  readonly many: string;
}): VNode {
  return (
    <p class="found">
      {count === 0 ? `No encontramos ${many} con ese filtro.` : `${count} ${count === 1 ? one : many}`}
    </p>
  );
}
