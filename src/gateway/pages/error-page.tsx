import type { VNode } from 'preact';
import type { Fault } from '../fault.ts';
import { Layout } from './layout.tsx';
import type { Site } from './site.ts';

/** A page for whoever met a fault, with ways to go on. */
export function ErrorPage({ site, fault }: { readonly site: Site; readonly fault: Fault }): VNode {
  const title = fault.status === 404 ? 'No encontramos esa página' : 'No pudimos mostrar la página';
  return (
    <Layout site={site} title={title} description={title} crumbs={[]}>
      <h1>{title}</h1>
      <p class="lead">
        {fault.status === 404 ? 'Puede que la dirección haya cambiado o tenga un error.' : fault.message}
      </p>
      <ul class="links">
        <li>
          <a href="/">Hacer una pregunta</a>
        </li>
        <li>
          <a href="/normas">Ver las normas</a>
        </li>
        <li>
          <a href="/tramites">Ver los trámites</a>
        </li>
      </ul>
    </Layout>
  );
}
