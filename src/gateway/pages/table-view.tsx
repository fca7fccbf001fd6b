import type { VNode } from 'preact';
import type { Reply } from '../../channels/channel.ts';
import { LinkedText } from './linked-text.tsx';

type Table = Extract<Reply['blocks'][number], { readonly kind: 'table' }>;

/** A table of an answer; where it is wider than the screen it scrolls by itself, by keyboard too. */
export function TableView({
  table,
  lang,
}: {
  readonly table: Table;
  readonly lang: string | undefined;
}): VNode {
  const { title, columns, rows } = table;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section class="table" aria-label={title ?? columns.join(', ')} tabIndex={0} lang={lang}>
      <table>
        {title === undefined ? null : <caption>{title}</caption>}
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.join('|')}>
              {row.map((cell, index) => (
                <td key={columns[index]}>
                  <LinkedText text={cell} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
