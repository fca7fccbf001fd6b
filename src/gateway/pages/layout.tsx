import type { ComponentChildren, VNode } from 'preact';
import { EmergencyLine } from './emergency-line.tsx';
import type { Site } from './site.ts';

/** The parts of the site, in the order of the menu. */
const SECTIONS = [
  { path: '/', name: 'Preguntar' },
  { path: '/tramites', name: 'Trámites' },
  { path: '/normas', name: 'Normas' },
  { path: '/politica', name: 'Política' },
  { path: '/directorio', name: 'Directorio' },
] as const;

/** A step of the way from the start to this page. */
export interface Crumb {
  readonly name: string;
  readonly path: string;
}

interface LayoutProps {
  readonly site: Site;
  readonly title: string;
  readonly description: string;
  /** Path of the section the page belongs to; `undefined` for pages outside the menu. */
  readonly section?: string;
  /** The pages above this one; empty on a section's first page. */
  readonly crumbs?: readonly Crumb[];
  /** Set on the chat page, which loads more and fills the screen. */
  readonly bodyClass?: string;
  readonly children: ComponentChildren;
}

/** The frame of every page: head, skip link, menu, way back, foot with the emergency numbers. */
export function Layout(props: LayoutProps): VNode {
  const { site, title, section, crumbs, bodyClass, children } = props;
  return (
    <html lang="es-GT">
      <Head {...props} />
      <body class={bodyClass}>
        <a class="skip" href="#contenido">
          Ir al contenido
        </a>
        <Menu section={section} />
        <EmergencyLine lines={site.lines} />
        <main id="contenido" class="wrap" tabIndex={-1}>
          {crumbs === undefined ? null : <Breadcrumb crumbs={crumbs} here={title} />}
          {children}
        </main>
        <footer class="wrap foot">
          <p>
            Orienta es un servicio informativo y gratuito. No es una persona ni da asesoría legal. Antes de
            hacer un trámite, confirme en ventanilla.
          </p>
        </footer>
      </body>
    </html>
  );
}

function Head({ site, title, description, bodyClass }: LayoutProps): VNode {
  return (
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <title>{title === 'Orienta' ? title : `${title} · Orienta`}</title>
      <meta name="description" content={description} />
      <meta name="color-scheme" content="light dark" />
      <meta name="theme-color" content="#0b4f4a" />
      <meta name="format-detection" content="telephone=no" />
      <link rel="icon" href={site.assets.icon} type="image/svg+xml" />
      <link rel="stylesheet" href={site.assets.css} />
      {bodyClass === undefined ? null : (
        <>
          <link rel="stylesheet" href={site.assets.chatCss} />
          <script type="module" src={site.assets.chatJs} />
        </>
      )}
    </head>
  );
}

function Menu({ section }: { readonly section: string | undefined }): VNode {
  return (
    <header class="top">
      <div class="wrap">
        <a class="brand" href="/">
          Orienta
        </a>
        <nav aria-label="Secciones">
          <ul>
            {SECTIONS.map(({ path, name }) => (
              <li key={path}>
                <a href={path} aria-current={path === section ? 'page' : undefined}>
                  {name}
                </a>
              </li>
            ))}
          </ul>
        </nav>
      </div>
    </header>
  );
}

function Breadcrumb({ crumbs, here }: { readonly crumbs: readonly Crumb[]; readonly here: string }): VNode {
  return (
    <nav class="crumbs" aria-label="Usted está aquí">
      <ol>
        {[{ name: 'Inicio', path: '/' }, ...crumbs].map(({ name, path }) => (
          <li key={path}>
            <a href={path}>{name}</a>
          </li>
        ))}
        <li aria-current="page">{here}</li>
      </ol>
    </nav>
  );
}
