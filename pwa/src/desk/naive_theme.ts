/** Naive UI in our tokens: the library's parts must not bring colours of their own. */
import { darkTheme, type GlobalThemeOverrides } from "naive-ui";
import type { MapTheme } from "@/map/palette";

interface Tokens { ink: string; ink2: string; line: string; paper: string; card: string; navy: string; accent: string; late: string; warn: string; ok: string }

/** The values of style/tokens.css that Naive UI computes with; it cannot compute with variables. */
const tokens: Record<MapTheme, Tokens> = {
  light: {
    ink: "#0d1b2a", ink2: "#44546a", line: "#d5dce6", paper: "#f4f6f9", card: "#ffffff", navy: "#12305c", accent: "#1d4a8c",
    late: "#a3121a", warn: "#8a4b00", ok: "#0b6b4f",
  },
  dark: {
    ink: "#eaf0f8", ink2: "#9fb0c6", line: "#34496a", paper: "#08111f", card: "#0f1c30", navy: "#1b3f78", accent: "#6ea8ff",
    late: "#ff7b78", warn: "#f6b64a", ok: "#4fd1a5",
  },
};

export function naiveTheme(theme: MapTheme): typeof darkTheme | null {
  return theme === "dark" ? darkTheme : null;
}

export function naiveOverrides(theme: MapTheme): GlobalThemeOverrides {
  const token = tokens[theme];
  const field = {
    heightLarge: "48px", fontSizeLarge: "17px", borderRadius: "10px", color: token.card, colorFocus: token.card,
    border: `1.5px solid ${token.line}`, borderHover: `1.5px solid ${token.accent}`, borderFocus: `1.5px solid ${token.accent}`,
    boxShadowFocus: `0 0 0 3px ${token.accent}40`, placeholderColor: token.ink2, textColor: token.ink, caretColor: token.accent,
  };
  return {
    common: {
      fontFamily: "var(--font)", fontFamilyMono: "var(--font)", fontSize: "16px", primaryColor: token.accent,
      primaryColorHover: token.accent, primaryColorPressed: token.navy, primaryColorSuppl: token.accent, errorColor: token.late,
      warningColor: token.warn, successColor: token.ok, textColorBase: token.ink, textColor1: token.ink, textColor2: token.ink,
      textColor3: token.ink2, bodyColor: token.paper, cardColor: token.card, modalColor: token.card, popoverColor: token.card,
      borderColor: token.line, dividerColor: token.line, placeholderColor: token.ink2, borderRadius: "10px",
    },
    Input: field,
    InternalSelection: {
      heightLarge: "48px", fontSizeLarge: "17px", borderRadius: "10px", color: token.card, colorActive: token.card, textColor: token.ink,
      border: `1.5px solid ${token.line}`, borderHover: `1.5px solid ${token.accent}`, borderActive: `1.5px solid ${token.accent}`,
      borderFocus: `1.5px solid ${token.accent}`, boxShadowFocus: `0 0 0 3px ${token.accent}40`, boxShadowActive: `0 0 0 3px ${token.accent}40`,
      placeholderColor: token.ink2,
    },
    Drawer: { color: token.card, titleFontSize: "20px" },
  };
}
