export default {
  map: {
    title: "Map", no_webgl: "This computer cannot show the map (no WebGL). Everything else works.", base_missing: "No base map; positions are shown all the same.",
    pick: "Click on the map to mark the place",
    zoom_in: "Zoom in", zoom_out: "Zoom out", sources: "Sources of the map",
    age: { now: "just now", second: "{count} s ago", minute: "{count} min ago", hour: "{count} h ago", day: "{count} d ago" },
    metre: "{text} m", kilometre: "{text} km",
  },
};
