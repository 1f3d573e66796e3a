use crate::event::Event;
use crate::page::{Action, Observation};
use crate::step::{CeremonyFailure, CeremonyRef, Effect, Outcome, Patience, Wait};
use crate::stop::StopReason;

/// What to append, do and wait for, before it is known which state comes next.
#[derive(Debug)]
pub(crate) struct Moves {
    pub(crate) events: Vec<Event>,
    pub(crate) effects: Vec<Effect>,
    pub(crate) wait: Wait,
}

impl Moves {
    pub(crate) fn new(effects: Vec<Effect>, wait: Wait) -> Self {
        Self { events: Vec::new(), effects, wait }
    }

    /// Only looks.
    pub(crate) fn look(patience: Patience) -> Self {
        Self::new(Vec::new(), Wait::Page(patience))
    }

    /// Acts and then looks at the page that was asked for.
    pub(crate) fn act(effects: Vec<Effect>) -> Self {
        Self::new(effects, Wait::Page(Patience::Usual))
    }

    /// Presses one control of a page.
    pub(crate) fn press(page: &Observation, action: &Action) -> Self {
        Self::act(vec![press(page, action)])
    }

    /// Tells a page that it gets nothing, and looks on.
    pub(crate) fn refuse(ceremony: CeremonyRef) -> Self {
        Self::act(vec![Effect::Refuse(ceremony, CeremonyFailure::Refused)])
    }

    /// Hands over to a person at the page.
    pub(crate) fn person(reason: StopReason) -> Self {
        Self::new(Vec::new(), Wait::Person(reason))
    }

    /// Ends the journey short of its end.
    pub(crate) fn stop(reason: StopReason) -> Self {
        Self::new(Vec::new(), Wait::End(Outcome::Stopped(reason))).noting(Event::Stopped { reason })
    }

    /// The same with one more fact, after those already there.
    pub(crate) fn noting(mut self, event: Event) -> Self {
        self.events.push(event);
        self
    }

    /// The same with a fact and effects that come before those already there.
    pub(crate) fn after(mut self, event: Option<Event>, effects: Vec<Effect>) -> Self {
        self.events.splice(0..0, event);
        self.effects.splice(0..0, effects);
        self
    }
}

/// The effect of pressing a control of a page.
pub(crate) fn press(page: &Observation, action: &Action) -> Effect {
    Effect::Press(page.target(action.element), action.label.clone())
}
