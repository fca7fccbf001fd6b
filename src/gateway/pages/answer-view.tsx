import type { VNode } from 'preact';
import type { Reply } from '../../channels/channel.ts';
import { LinkedText } from './linked-text.tsx';
import { TableView } from './table-view.tsx';

/** The person's own words in the conversation. */
export function QuestionView({ text }: { readonly text: string }): VNode {
  return (
    <div class="turn asked">
      <p class="who">Usted</p>
      <p class="said">{text}</p>
    </div>
  );
}

/** A reply in the conversation, what it rests on as links with a name. Each part says its language to screen readers. */
export function AnswerView({ reply }: { readonly reply: Reply }): VNode {
  // What the knowledge says is Spanish, whatever language was asked in; Orienta's own sentences follow the person.
  const lang = reply.kind === 'answer' ? 'es' : reply.language;
  return (
    <div class={`turn answered ${reply.kind}`} lang={lang}>
      <p class="who">Orienta</p>
      {reply.blocks.map((block) => renderBlock(block, block.lang === lang ? undefined : block.lang))}
      {reply.citations.length === 0 ? null : <Sources citations={reply.citations} />}
    </div>
  );
}

/** @param lang its language, where it is not that of the reply around it */
function renderBlock(block: Reply['blocks'][number], lang: string | undefined): VNode {
  if (block.kind === 'table') return <TableView table={block} lang={lang} />;
  if (block.kind !== 'list')
    return (
      <p class={block.kind === 'notice' ? 'notice' : 'text'} lang={lang}>
        <LinkedText text={block.text} />
      </p>
    );
  const items = block.items.map((item) => (
    <li key={item}>
      <LinkedText text={item} />
    </li>
  ));
  return (
    <div class="list" lang={lang}>
      {block.title === undefined ? null : <p class="list-title">{block.title}</p>}
      {block.ordered ? <ol start={block.start}>{items}</ol> : <ul>{items}</ul>}
    </div>
  );
}

function Sources({ citations }: { readonly citations: Reply['citations'] }): VNode {
  return (
    <div class="sources" lang="es">
      <p>Lo dice:</p>
      <ul>
        {citations.map((citation) => (
          <li key={citation.unit}>
            <a href={pathOf(citation.url)}>{citation.label}</a>{' '}
            {citation.stateWords === undefined ? null : <span class="state">({citation.stateWords})</span>}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Links stay on the address by which the person reached this page, whatever PUBLIC_URL says. */
function pathOf(url: string): string {
  const { pathname, hash } = new URL(url);
  return `${pathname}${hash}`;
}
