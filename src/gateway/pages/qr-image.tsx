import type { VNode } from 'preact';
import QRCode from 'qrcode';

/** Modules of white around the code: readers need four. */
const QUIET = 4;

/** A QR code as a picture drawn in the page itself: nothing of it is fetched or kept. */
export function QrImage({ text, label }: { readonly text: string; readonly label: string }): VNode {
  const { modules } = QRCode.create(text, { errorCorrectionLevel: 'L' });
  const { size } = modules;
  const side = size + 2 * QUIET;
  const cells = Array.from({ length: size * size }, (_, index) => index).filter(
    (index) => modules.data[index],
  );
  const path = cells.map((index) => `M${(index % size) + QUIET} ${Math.floor(index / size) + QUIET}h1v1h-1z`);
  return (
    <svg
      class="qr"
      viewBox={`0 0 ${side} ${side}`}
      width="320"
      height="320"
      role="img"
      aria-label={label}
      shape-rendering="crispEdges"
    >
      <rect width={side} height={side} fill="#fff" />
      <path d={path.join('')} fill="#000" />
    </svg>
  );
}
