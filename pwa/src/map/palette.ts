/** Colours of the map in its two lights; MapLibre cannot read style-sheet variables, so the tokens of style/ are repeated here. */

export type MapTheme = "dark" | "light";

export interface Palette {
  ground: string;
  land: string;
  landEdge: string;
  county: string;
  prefecture: string;
  province: string;
  water: string;
  road: string;
  label: string;
  labelStrong: string;
  halo: string;
  ink: string;
  ink2: string;
  live: string;
  ageing: string;
  lost: string;
  late: string;
  doubt: string;
  navy: string;
  onNavy: string;
  lostFill: string;
  route: string;
  seal: string;
}

export const palettes: Record<MapTheme, Palette> = {
  dark: {
    ground: "#0a1626",
    land: "#0d1f36",
    landEdge: "#2c4a73",
    county: "#3d639a",
    prefecture: "#3f6597",
    province: "#5b83b8",
    water: "#16406b",
    road: "#33445c",
    label: "#8aa2c2",
    labelStrong: "#b4c6de",
    halo: "#08111f",
    ink: "#eaf0f8",
    ink2: "#b3c1d4",
    live: "#4fd1a5",
    ageing: "#f6b64a",
    lost: "#93a2b5",
    late: "#ff7b78",
    doubt: "#c3a6f5",
    navy: "#1b3f78",
    onNavy: "#ffffff",
    lostFill: "#3a4a5e",
    route: "#6ea8ff",
    seal: "#ff7b78",
  },
  light: {
    ground: "#dfe6ee",
    land: "#f4f6f9",
    landEdge: "#b8c6d8",
    county: "#93a6c0",
    prefecture: "#8da2bd",
    province: "#64809f",
    water: "#b9d3ec",
    road: "#cfd6df",
    label: "#4d6079",
    labelStrong: "#2b3d55",
    halo: "#ffffff",
    ink: "#0d1b2a",
    ink2: "#44546a",
    live: "#0b6b4f",
    ageing: "#8a4b00",
    lost: "#55606e",
    late: "#a3121a",
    doubt: "#5a3d8a",
    navy: "#12305c",
    onNavy: "#ffffff",
    lostFill: "#7a8593",
    route: "#1d4a8c",
    seal: "#a81318",
  },
};
