export default {
  phone_duty: {
    now: "On duty now", mine: "My shifts", none_mine: "No shift of yours is planned for thirty days.", night: "Last 24 hours", quiet_night: "Nothing was recorded in the last 24 hours.", more: "Show more", as_of: "As of {time}; read again with a network.", not_loaded: "Not read yet; it loads when the network is there.",
    as: "{post} · {function}", waits_swap: "{asker} asks you to take {post}, {time}", why: "Why: {reason}", swap_state: "Asked {substitute} · {state}",
    ask_title: "Who shall stand in?", ask_hint: "They agree first, then the duty leader approves; only that changes the roster.", ask_reason: "Why", ask_send: "Send the request", nobody_to_ask: "Nobody on the roster can stand in; call the duty leader.", choose_first: "Choose somebody and say why.",
    sign: "A handover waits for your signature", sign_as: { outgoing: "You hand over", incoming: "You take over" }, sign_do: { outgoing: "Hand over and sign", incoming: "Take over and sign" }, pending: "{count} pending", signed_by: "{name} signed at {time}", look: "Show the list", hide: "Hide the list", sign_offline: "The list and the signature need a network.",
    refuse: "I cannot",
  },
};
