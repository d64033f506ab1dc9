/** The map's own signs, drawn once per theme: rings that differ by shape as well as by colour, so colour never speaks alone. */
import type { Map as MapLibreMap } from "maplibre-gl";
import type { AgeBand } from "./ages";
import type { PlaceTone } from "./features";
import { palettes, type MapTheme, type Palette } from "./palette";

const ratio = 2;

function drawn(size: number, draw: (pen: CanvasRenderingContext2D) => void): ImageData {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = size * ratio;
  const pen = canvas.getContext("2d") as CanvasRenderingContext2D;
  pen.scale(ratio, ratio);
  pen.translate(size / 2, size / 2);
  draw(pen);
  return pen.getImageData(0, 0, canvas.width, canvas.height);
}

/** A team: full ring = live, ring with a gap = ageing, dashed ring = out of contact. */
function teamSign(palette: Palette, band: AgeBand): ImageData {
  return drawn(52, (pen) => {
    const colour = { live: palette.live, ageing: palette.ageing, lost: palette.lost, none: palette.lost }[band];
    pen.lineWidth = 4;
    pen.strokeStyle = colour;
    if (band === "lost" || band === "none") pen.setLineDash([6, 5]);
    pen.beginPath();
    if (band === "ageing") pen.arc(0, 0, 22, -Math.PI / 2, Math.PI);
    else pen.arc(0, 0, 22, 0, 2 * Math.PI);
    pen.stroke();
    pen.beginPath();
    pen.arc(0, 0, 15, 0, 2 * Math.PI);
    pen.fillStyle = band === "live" || band === "ageing" ? palette.navy : palette.lostFill;
    pen.fill();
  });
}

function officerSign(palette: Palette, band: AgeBand): ImageData {
  return drawn(20, (pen) => {
    pen.beginPath();
    pen.arc(0, 0, 6, 0, 2 * Math.PI);
    pen.fillStyle = band === "lost" || band === "none" ? palette.lostFill : palette.navy;
    pen.fill();
    pen.lineWidth = 2.5;
    pen.strokeStyle = { live: palette.live, ageing: palette.ageing, lost: palette.lost, none: palette.lost }[band];
    if (band !== "live") pen.setLineDash([3, 3]);
    pen.stroke();
  });
}

function toneColour(palette: Palette, tone: PlaceTone): string {
  return { ok: palette.live, warn: palette.ageing, late: palette.late, doubt: palette.doubt, none: palette.route }[tone];
}

/** A lead is a star, a place under orders a square on its corner; the ring says how its clock stands. */
function placeSign(palette: Palette, tone: PlaceTone, ordered: boolean): ImageData {
  return drawn(52, (pen) => {
    const colour = toneColour(palette, tone);
    pen.beginPath();
    pen.arc(0, 0, 23, 0, 2 * Math.PI);
    pen.fillStyle = `${colour}26`;
    pen.fill();
    pen.lineWidth = 2;
    pen.strokeStyle = colour;
    if (tone === "doubt") pen.setLineDash([4, 4]);
    pen.stroke();
    pen.beginPath();
    const corners = ordered ? 4 : 10;
    for (let corner = 0; corner < corners; corner += 1) {
      const radius = ordered ? 11 : corner % 2 === 0 ? 14 : 5.6;
      const angle = -Math.PI / 2 + (corner * 2 * Math.PI) / corners;
      pen.lineTo(radius * Math.cos(angle), radius * Math.sin(angle));
    }
    pen.closePath();
    pen.fillStyle = colour;
    pen.fill();
    if (!ordered) return;
    pen.beginPath();
    pen.arc(0, 0, 3.5, 0, 2 * Math.PI);
    pen.fillStyle = palette.halo;
    pen.fill();
  });
}

function pinSign(palette: Palette): ImageData {
  return drawn(44, (pen) => {
    pen.beginPath();
    pen.arc(0, -8, 9, Math.PI * 0.85, Math.PI * 0.15);
    pen.lineTo(0, 14);
    pen.closePath();
    pen.fillStyle = palette.seal;
    pen.fill();
    pen.beginPath();
    pen.arc(0, -8, 3.5, 0, 2 * Math.PI);
    pen.fillStyle = palette.halo;
    pen.fill();
  });
}

const bands: AgeBand[] = ["live", "ageing", "lost", "none"];
const tones: PlaceTone[] = ["ok", "warn", "late", "doubt", "none"];

/** Give the map every sign in the colours of `theme`, replacing those of the other. */
export function placeImages(map: MapLibreMap, theme: MapTheme): void {
  const palette = palettes[theme];
  const put = (name: string, image: ImageData): void => {
    if (map.hasImage(name)) map.removeImage(name);
    map.addImage(name, image, { pixelRatio: ratio });
  };
  for (const band of bands) {
    put(`team-${band}`, teamSign(palette, band));
    put(`officer-${band}`, officerSign(palette, band));
  }
  for (const tone of tones) {
    put(`lead-${tone}`, placeSign(palette, tone, false));
    put(`order-${tone}`, placeSign(palette, tone, true));
  }
  put("pin", pinSign(palette));
}
