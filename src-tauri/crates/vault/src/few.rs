use std::ops::Deref;

/// A list that mostly has one item, which then takes no memory of its own: a vault may have a hundred thousand of them.
#[derive(Debug, Clone)]
pub struct Few<T>(Items<T>);

// Boxed, so that a list of `Box<str>` is as small as one of them.
#[allow(clippy::box_collection, reason = "see above")]
#[derive(Debug, Clone)]
enum Items<T> {
    One(T),
    Many(Option<Box<Vec<T>>>),
}

impl<T> Few<T> {
    /// Adds an item at the end.
    pub fn push(&mut self, item: T) {
        self.0 = match std::mem::replace(&mut self.0, Items::Many(None)) {
            Items::One(first) => Items::Many(Some(Box::new(vec![first, item]))),
            Items::Many(Some(mut items)) => {
                items.push(item);
                Items::Many(Some(items))
            }
            Items::Many(None) => Items::One(item),
        };
    }

    /// Keeps the items that pass, in order.
    pub fn retain(&mut self, mut passes: impl FnMut(&T) -> bool) {
        match &mut self.0 {
            Items::One(item) if passes(item) => {}
            Items::One(_) => self.0 = Items::Many(None),
            Items::Many(items) => items.iter_mut().for_each(|items| items.retain(&mut passes)),
        }
    }
}

impl<T> Default for Few<T> {
    fn default() -> Self {
        Self(Items::Many(None))
    }
}

impl<T> Deref for Few<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        match &self.0 {
            Items::One(item) => std::slice::from_ref(item),
            Items::Many(items) => items.as_ref().map_or(&[], |items| items),
        }
    }
}

impl<T> FromIterator<T> for Few<T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        let mut few = Self::default();
        items.into_iter().for_each(|item| few.push(item));
        few
    }
}

impl<T> From<Vec<T>> for Few<T> {
    fn from(items: Vec<T>) -> Self {
        items.into_iter().collect()
    }
}

impl<'a, T> IntoIterator for &'a Few<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<T> IntoIterator for Few<T> {
    type Item = T;
    type IntoIter = std::iter::Chain<std::option::IntoIter<T>, std::vec::IntoIter<T>>;

    fn into_iter(self) -> Self::IntoIter {
        let (one, many) = match self.0 {
            Items::One(item) => (Some(item), Vec::new()),
            Items::Many(items) => (None, items.map_or_else(Vec::new, |items| *items)),
        };
        one.into_iter().chain(many)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_holds_what_a_vector_would() {
        for items in [&[][..], &[1], &[1, 2], &[2, 1, 2, 3]] {
            let mut few: Few<i32> = items.iter().copied().collect();
            assert_eq!(&*few, items);
            assert_eq!(few.clone().into_iter().collect::<Vec<_>>(), items);
            few.retain(|item| *item > 1);
            assert_eq!(&*few, items.iter().copied().filter(|item| *item > 1).collect::<Vec<_>>());
        }
    }
}
