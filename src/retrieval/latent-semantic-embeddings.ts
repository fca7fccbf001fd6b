import { Embeddings } from '@langchain/core/embeddings';
import {
  createVectoriser,
  type LatentSemanticModel,
  project,
  type Vectoriser,
} from './latent-semantic-model.ts';

/** Embeddings fitted on the knowledge itself: nothing to download, and the same words give the same vectors. */
export class LatentSemanticEmbeddings extends Embeddings {
  readonly #model: LatentSemanticModel;
  readonly #vectorise: Vectoriser;

  constructor(model: LatentSemanticModel) {
    super({});
    this.#model = model;
    this.#vectorise = createVectoriser(model.features, model.idf, model.wordShare);
  }

  get dimension(): number {
    return this.#model.dimension;
  }

  /** A vector of length 1, or of zeros when the text shares nothing with the knowledge. */
  override async embedQuery(text: string): Promise<number[]> {
    return [...this.#embed(text)];
  }

  override async embedDocuments(texts: string[]): Promise<number[][]> {
    return texts.map((text) => [...this.#embed(text)]);
  }

  #embed(text: string): Float32Array {
    return project(this.#model, this.#vectorise(text));
  }
}
