mod guards;
mod hostile;
mod journeys;
mod looks;
mod page_side;
mod support;
mod tls;

use std::process::Command;
use std::sync::{PoisonError, RwLock};

use libtest_mimic::{Arguments, Failed, Trial};
use rekey_tests::window::Display;

pub(crate) fn main() {
    if std::env::var_os("REKEY_LOG").is_some() {
        rekey_tests::log_to_stderr();
    }
    let arguments = Arguments::from_args();
    if !arguments.list && gtk::init().is_err() {
        std::process::exit(on_a_screen_of_its_own());
    }
    let listing = arguments.list;
    // What the tests ask of GTK waits for this thread, also before its loop has begun.
    let context = gtk::glib::MainContext::default();
    let _owned = context.acquire().unwrap();
    let tests = std::thread::spawn(move || {
        let trials = [looks::trials(), page_side::trials(), journeys::trials(), hostile::trials(), guards::trials()]
            .into_iter()
            .flatten()
            .collect();
        let conclusion = libtest_mimic::run(&arguments, trials);
        if !listing {
            gtk::glib::MainContext::default().invoke(gtk::main_quit);
        }
        i32::from(conclusion.has_failed())
    });
    if !listing {
        gtk::main();
    }
    // From this thread, after GTK's loop: ending beside it could meet the connection to the screen half closed.
    std::process::exit(tests.join().unwrap());
}

/// Starts this program once more, where windows can be opened.
fn on_a_screen_of_its_own() -> i32 {
    const AGAIN: &str = "REKEY_TEST_HAS_SCREEN";
    assert!(std::env::var_os(AGAIN).is_none(), "GTK does not start on a screen of its own");
    let display = Display::start(1600, 1000).unwrap();
    let mut again = Command::new(std::env::current_exe().unwrap());
    again.args(std::env::args_os().skip(1)).env(AGAIN, "1");
    display.apply(&mut again);
    again.status().unwrap().code().unwrap_or(1)
}

/// Tests that end processes run while no other does.
static ALONE: RwLock<()> = RwLock::new(());

/// One test, with a runtime of its own.
pub(crate) fn trial<F: Future<Output = ()> + 'static>(name: &'static str, test: fn() -> F) -> Trial {
    Trial::test(name, move || {
        // A test that failed does no harm to the others.
        let _others_may_run = ALONE.read().unwrap_or_else(PoisonError::into_inner);
        run(test)
    })
}

/// One test that runs while no other of this process does.
pub(crate) fn trial_alone<F: Future<Output = ()> + 'static>(name: &'static str, test: fn() -> F) -> Trial {
    Trial::test(name, move || {
        let _nobody_else_runs = ALONE.write().unwrap_or_else(PoisonError::into_inner);
        run(test)
    })
}

fn run<F: Future<Output = ()>>(test: fn() -> F) -> Result<(), Failed> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(test());
    Ok(())
}
