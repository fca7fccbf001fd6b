import type { VNode } from 'preact';
import { Layout } from './layout.tsx';
import type { Site } from './site.ts';

/** How this Orienta is set up, as far as it concerns whoever writes to it. */
export interface AboutFacts {
  /** Days that masked messages are kept. */
  readonly retentionDays: number;
  /** True when voice notes leave for a transcription service. */
  readonly voiceLeaves: boolean;
}

interface AboutPageProps {
  readonly site: Site;
  readonly facts: AboutFacts;
}

/** What Orienta is, what it keeps and on what terms it answers; the Teams app points at both headings. */
export function AboutPage({ site, facts }: AboutPageProps): VNode {
  const title = 'Acerca de Orienta';
  return (
    <Layout site={site} title={title} description="Qué guarda Orienta y cómo responde." crumbs={[]}>
      <h1>{title}</h1>
      <p class="lead">
        Orienta es un programa que responde preguntas sobre las normas migratorias de Guatemala y cita el
        artículo en que se basa. Es gratis.
      </p>
      <Privacy {...facts} />
      <Terms />
    </Layout>
  );
}

function Privacy({ retentionDays, voiceLeaves }: AboutFacts): VNode {
  return (
    <section>
      <h2 id="privacidad">Sus datos</h2>
      <ul>
        <li>
          Guardamos lo que usted escribe {retentionDays} días, sin nombres, teléfonos ni números de documento.
          Si habla de refugio o de un peligro, lo guardamos 72 horas.
        </li>
        <li>Lo guardamos cifrado. Solo sirve para responderle y para que el servicio funcione.</li>
        <li>
          {voiceLeaves
            ? 'Sus notas de voz las pasa a letras otro servicio. Nosotros no guardamos el audio.'
            : 'No guardamos sus notas de voz.'}
        </li>
        <li>Para borrar lo suyo, escriba «borrar mis datos» en la conversación.</li>
      </ul>
    </section>
  );
}

function Terms(): VNode {
  return (
    <section>
      <h2 id="condiciones">Condiciones de uso</h2>
      <ul>
        <li>Orienta informa. No decide sobre ningún caso ni da asesoría legal.</li>
        <li>Una respuesta puede tener errores. Confirme en ventanilla antes de hacer un trámite.</li>
        <li>Nunca le pediremos dinero, contraseñas ni fotos de sus documentos.</li>
        <li>No la use para emergencias: llame a los números que están en esta página.</li>
      </ul>
    </section>
  );
}
