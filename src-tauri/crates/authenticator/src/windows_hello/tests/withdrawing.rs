//! A ceremony that nobody waits for any more is taken back.

use std::future::Future;
use std::sync::Arc;
use std::task::{Context, Waker};
use std::time::Duration;

use super::fake::{Call, Fake};
use super::{create_request, get_request, hello};
use crate::{Authenticator as _, AuthenticatorError, Nobody, UserVerification};

fn cancelled(id: u32) -> impl Fn(&[Call]) -> bool {
    move |calls| calls.contains(&Call::Cancel(id))
}

#[tokio::test]
async fn a_future_that_is_dropped_cancels_what_windows_shows() {
    let fake = Arc::new(Fake::waiting(0));
    let mut hello = hello(&fake).await;
    let request = create_request("{}");
    {
        let mut make = Box::pin(hello.make_credential(&request, UserVerification::NotVerified, &Nobody));
        assert!(make.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
        fake.wait_for(|calls| matches!(calls, [Call::Make(_)]));
    }
    fake.wait_for(cancelled(1));
    // The next one waits until the first is gone, and has an id of its own.
    let request = get_request("{}");
    {
        let mut get = Box::pin(hello.get_assertion(&request, None, UserVerification::NotVerified, &Nobody));
        tokio::select! {
            biased;
            _ = get.as_mut() => panic!("nobody answers"),
            () = async { while !fake.has(|call| matches!(call, Call::Get(_))) { tokio::task::yield_now().await } } => {}
        }
    }
    fake.wait_for(cancelled(2));
}

#[tokio::test]
async fn cancelling_is_said_again_until_it_is_heard() {
    let fake = Arc::new(Fake::waiting(2));
    let mut hello = hello(&fake).await;
    let request = create_request("{}");
    {
        let mut make = Box::pin(hello.make_credential(&request, UserVerification::NotVerified, &Nobody));
        assert!(make.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
        fake.wait_for(|calls| matches!(calls, [Call::Make(_)]));
    }
    fake.wait_for(|calls| calls.iter().filter(|call| **call == Call::Cancel(1)).count() == 3);
}

#[tokio::test(start_paused = true)]
async fn time_runs_out_even_where_windows_forgets_it() {
    let fake = Arc::new(Fake::waiting(0));
    let mut hello = hello(&fake).await;
    let request = create_request(r#"{"timeout": 300000}"#);
    let started = tokio::time::Instant::now();
    let made = hello.make_credential(&request, UserVerification::NotVerified, &Nobody);
    // Paused time moves on by itself only when nothing else runs, and a blocking call runs.
    let clock = async {
        fake.wait_for(|calls| matches!(calls, [Call::Make(_)]));
        tokio::time::advance(Duration::from_secs(301)).await;
        std::future::pending::<()>().await;
    };
    tokio::select! {
        biased;
        made = made => assert!(matches!(made, Err(AuthenticatorError::Timeout)), "{made:?}"),
        () = clock => unreachable!(),
    }
    assert!(started.elapsed() >= Duration::from_secs(300));
    fake.wait_for(cancelled(1));
}

#[tokio::test]
async fn what_has_ended_is_not_cancelled() {
    let fake = Arc::new(Fake::of_version(7));
    fake.will_make(Err(windows_sys::Win32::Foundation::NTE_USER_CANCELLED));
    let mut hello = hello(&fake).await;
    let _ = hello.make_credential(&create_request("{}"), UserVerification::NotVerified, &Nobody).await;
    drop(hello);
    assert!(matches!(fake.calls().as_slice(), [Call::Make(_)]));
}
