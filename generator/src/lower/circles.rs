//! Circles in a graph: its strongly connected components, found without recursion (Tarjan 1972).

/// The edges of a graph, node by node.
#[derive(Debug)]
pub(super) struct Edges {
    /// Where the edges of each node begin; one more than there are nodes.
    starts: Vec<usize>,
    targets: Vec<u32>,
}

impl Default for Edges {
    fn default() -> Self {
        Self {
            starts: vec![0],
            targets: Vec::new(),
        }
    }
}

impl Edges {
    /// Adds an edge of the node that is open.
    pub(super) fn add(&mut self, to: u32) {
        self.targets.push(to);
    }

    /// Closes the node that is open, and opens the next.
    pub(super) fn close(&mut self) {
        self.starts.push(self.targets.len());
    }

    fn nodes(&self) -> usize {
        self.starts.len() - 1
    }

    fn of(&self, node: usize) -> &[u32] {
        &self.targets[self.starts[node]..self.starts[node + 1]]
    }
}

/// The circles of a graph.
#[derive(Debug)]
pub(super) struct Circles {
    /// The component of each node.
    component: Vec<u32>,
    /// Whether the node is in a circle, be it with itself alone.
    circular: Vec<bool>,
}

impl Circles {
    /// Finds them.
    pub(super) fn find(edges: &Edges) -> Self {
        let mut search = Search {
            edges,
            order: vec![0; edges.nodes()],
            low: vec![0; edges.nodes()],
            on_path: vec![false; edges.nodes()],
            path: Vec::new(),
            next: 1,
            found: Self {
                component: vec![u32::MAX; edges.nodes()],
                circular: vec![false; edges.nodes()],
            },
        };
        for node in 0..edges.nodes() {
            if search.order[node] == 0 {
                search.from(node);
            }
        }
        search.found
    }

    /// Whether the node is in a circle.
    pub(super) fn is_in_one(&self, node: usize) -> bool {
        self.circular[node]
    }

    /// Whether both nodes are in the same circle.
    pub(super) fn together(&self, first: usize, second: usize) -> bool {
        self.circular[first] && self.component[first] == self.component[second]
    }
}

struct Search<'e> {
    edges: &'e Edges,
    /// When each node was met, from 1.
    order: Vec<u32>,
    low: Vec<u32>,
    on_path: Vec<bool>,
    path: Vec<usize>,
    next: u32,
    found: Circles,
}

impl Search<'_> {
    fn from(&mut self, root: usize) {
        // Each open node with the number of its edges that have been followed.
        let mut open = vec![(root, 0)];
        self.meet(root);
        while let Some((node, followed)) = open.last_mut() {
            let node = *node;
            match self.edges.of(node).get(*followed) {
                Some(target) => {
                    *followed += 1;
                    let target = *target as usize;
                    if self.order[target] == 0 {
                        self.meet(target);
                        open.push((target, 0));
                    } else if self.on_path[target] {
                        self.low[node] = self.low[node].min(self.order[target]);
                    }
                }
                None => {
                    open.pop();
                    if let Some((above, _)) = open.last() {
                        self.low[*above] = self.low[*above].min(self.low[node]);
                    }
                    if self.low[node] == self.order[node] {
                        self.close(node);
                    }
                }
            }
        }
    }

    fn meet(&mut self, node: usize) {
        self.order[node] = self.next;
        self.low[node] = self.next;
        self.next += 1;
        self.on_path[node] = true;
        self.path.push(node);
    }

    fn close(&mut self, root: usize) {
        let alone = self.path.last() == Some(&root);
        let with_itself = self.edges.of(root).iter().any(|target| *target as usize == root);
        while let Some(node) = self.path.pop() {
            self.on_path[node] = false;
            self.found.component[node] = self.order[root];
            self.found.circular[node] = !alone || with_itself;
            if node == root {
                break;
            }
        }
    }
}
